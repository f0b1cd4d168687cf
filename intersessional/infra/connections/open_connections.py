"""The open connections of a node, whatever their protocol: caps, and an end for unread data."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import Self

from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.connections.cap_log import CapLog
from intersessional.infra.connections.client_address import (
    Address,
    LimitKey,
    Network,
    is_trusted,
    limit_key,
)
from intersessional.infra.connections.open_connection import CHECKS_MAX, OpenConnection
from intersessional.infra.settings import Settings

UNREAD_S = 30.0
"""The time in which a client must read some of what was written to it."""
UNSENT_BYTES_MAX = 256 * 1024 * 1024
"""Bytes that were written to all clients together, and that these have not read."""
MESSAGES_BYTES_MAX = 64 * 1024 * 1024
"""Received messages of all sockets that are unfinished, or wait to be handled."""
CAP_ENDS_AT = 0.9
"""The share of a cap at which it ends: it is not logged again for each connection that leaves."""


class OpenConnections:
    """Admits connections up to a cap for the node and one for each address."""

    def __init__(
        self, *, open_max: int, address_max: int, trusted_proxies: Iterable[Network] = ()
    ) -> None:
        """Connections of ``trusted_proxies`` do not count for their address."""
        self.messages = ByteBudget("messages of sockets", MESSAGES_BYTES_MAX)
        self.unsent = ByteBudget("unread answers", UNSENT_BYTES_MAX)
        self._open_max = open_max
        self._address_max = address_max
        self._proxies = tuple(trusted_proxies)
        self._connections: dict[asyncio.Transport, OpenConnection] = {}
        self._addresses: Counter[LimitKey] = Counter()
        self._full_addresses: set[LimitKey] = set()
        self._node_log = CapLog("connections")
        self._address_log = CapLog("connections of an address")
        self._checks: asyncio.TimerHandle | None = None

    @classmethod
    def of(cls, settings: Settings, open_max: int | None = None) -> Self:
        """Those of a node; ``open_max`` is less than in the settings where files are few."""
        return cls(
            open_max=open_max or settings.connections_max,
            address_max=settings.address_connections_max,
            trusted_proxies=settings.trusted_proxies,
        )

    def __len__(self) -> int:
        """The number of open connections."""
        return len(self._connections)

    def is_proxy(self, address: Address | None) -> bool:
        """Whether an address is that of a trusted proxy."""
        return address is not None and is_trusted(address, self._proxies)

    def admit(self, transport: asyncio.Transport, address: Address | None) -> OpenConnection | None:
        """Count a connection until ``remove``; None where a cap refuses it."""
        if len(self._connections) >= self._open_max:
            self._node_log.refuse(f"{self._open_max} are open")
            return None
        connection = OpenConnection(transport, self.unsent)
        if address is not None and not self.is_proxy(address):
            connection.key = limit_key(address)
            if not self._count_address(connection.key):
                return None
        self._connections[transport] = connection
        if self._checks is None:
            self._check_later()
        return connection

    def remove(self, connection: OpenConnection) -> None:
        """Count a connection no more."""
        if self._connections.pop(connection.transport, None) is None:
            return
        connection.hold(0)
        if connection.key is not None:
            self._discount_address(connection.key)
        if len(self._connections) <= self._open_max * CAP_ENDS_AT:
            self._node_log.end()

    def find(self, transport: asyncio.Transport) -> OpenConnection:
        """The connection of a transport, also of one that was not admitted."""
        return self._connections.get(transport) or OpenConnection(transport, self.unsent)

    def _count_address(self, key: LimitKey) -> bool:
        if self._addresses[key] >= self._address_max:
            self._full_addresses.add(key)
            self._address_log.refuse(f"{key} has {self._address_max} open")
            return False
        self._addresses[key] += 1
        return True

    def _discount_address(self, key: LimitKey) -> None:
        self._addresses[key] -= 1
        if self._addresses[key] <= self._address_max * CAP_ENDS_AT:
            self._full_addresses.discard(key)
            if not self._full_addresses:
                self._address_log.end()
        if not self._addresses[key]:
            del self._addresses[key]

    def _check_later(self) -> None:
        loop = asyncio.get_running_loop()
        self._checks = loop.call_later(UNREAD_S / CHECKS_MAX, self._check)

    def _check(self) -> None:
        self._checks = None
        for connection in tuple(self._connections.values()):
            if connection.is_stalled():
                connection.abort()
        if self._connections:
            self._check_later()
