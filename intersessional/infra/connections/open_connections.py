"""The open connections of a node, whatever their protocol: caps, and an end for unread data."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import Any, Self

from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.connections.cap_log import CAP_ENDS_AT, CapLog
from intersessional.infra.connections.client_address import (
    Address,
    LimitKey,
    Network,
    is_trusted,
    limit_key,
    parse_address,
)
from intersessional.infra.connections.open_connection import CHECKS_MAX, Endpoint, OpenConnection
from intersessional.infra.settings import Settings

UNREAD_S = 30.0
"""The time in which a client must read some of what was written to it."""
UNSENT_BYTES_MAX = 256 * 1024 * 1024
"""Bytes that were written to all clients together, and that these have not read."""
MESSAGES_BYTES_MAX = 64 * 1024 * 1024
"""Received messages of all sockets that are unfinished, or wait to be handled."""
REQUESTS_BYTES_MAX = 64 * 1024 * 1024
"""Requests of all connections that are unfinished or wait, and long heads of those in progress."""


class OpenConnections:
    """Admits connections up to a cap for the node and one for each address."""

    def __init__(
        self,
        *,
        open_max: int,
        address_max: int,
        trusted_proxies: Iterable[Network] = (),
        proxy_protocol: bool = False,
    ) -> None:
        """Connections of ``trusted_proxies`` do not count for their address.

        With ``proxy_protocol`` they begin with its header.
        """
        self.messages = ByteBudget("messages of sockets", MESSAGES_BYTES_MAX)
        self.requests = ByteBudget("requests", REQUESTS_BYTES_MAX)
        self.unsent = ByteBudget("unread answers", UNSENT_BYTES_MAX)
        self._open_max = open_max
        self._address_max = address_max
        self._proxies = tuple(trusted_proxies)
        self.proxy_protocol = proxy_protocol
        self.lingering: set[asyncio.Transport] = set()
        """Refused connections that are read from until their clients have the answer."""
        self._clients: dict[Endpoint, Endpoint] = {}
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
            proxy_protocol=settings.proxy_protocol,
        )

    @property
    def refused(self) -> dict[str, int]:
        """For each cap how many connections it has refused since the node started."""
        return {"node": self._node_log.refused_total, "address": self._address_log.refused_total}

    def __len__(self) -> int:
        """The number of open connections."""
        return len(self._connections)

    def is_proxy(self, connection: OpenConnection) -> bool:
        """Whether a connection comes from a trusted proxy."""
        return self.is_trusted(connection.peer)

    def is_trusted(self, peer: Endpoint | None) -> bool:
        """Whether the other end of a connection is a trusted proxy."""
        address = _address(peer)
        return address is not None and is_trusted(address, self._proxies)

    def client_of(self, peer: Endpoint | None) -> Endpoint | None:
        """The client for which a proxy is connected, by the PROXY protocol."""
        return None if peer is None else self._clients.get(peer)

    def admit(self, transport: asyncio.Transport) -> OpenConnection | None:
        """Count a connection until ``remove``; None where a cap refuses it."""
        if len(self._connections) >= self._open_max:
            self._node_log.refuse(f"{self._open_max} are open")
            return None
        connection = OpenConnection(transport, self.unsent, peer=_peer(transport))
        if not self.is_proxy(connection) and not self._count_address(connection, connection.peer):
            return None
        self._connections[transport] = connection
        if self._checks is None:
            self._check_later()
        return connection

    def admit_client(self, connection: OpenConnection) -> bool:
        """Count a proxy's connection for the address of its client; whether no cap refuses it."""
        if connection.client is None or connection.peer is None:
            return True
        self._clients[connection.peer] = connection.client
        return self._count_address(connection, connection.client)

    def remove(self, connection: OpenConnection) -> None:
        """Count a connection no more."""
        if self._connections.pop(connection.transport, None) is None:
            return
        connection.hold(0)
        self.requests.hold(connection, 0)
        if connection.client is not None and connection.peer is not None:
            self._clients.pop(connection.peer, None)
        if connection.key is not None:
            self._discount_address(connection.key)
        if len(self._connections) <= self._open_max * CAP_ENDS_AT:
            self._node_log.end()

    def find(self, transport: asyncio.Transport) -> OpenConnection:
        """The connection of a transport, also of one that was not admitted."""
        return self._connections.get(transport) or OpenConnection(transport, self.unsent)

    def _count_address(self, connection: OpenConnection, peer: Endpoint | None) -> bool:
        address = _address(peer)
        if address is None:
            return True
        key = limit_key(address)
        if self._addresses[key] >= self._address_max:
            self._full_addresses.add(key)
            self._address_log.refuse(
                f"{key} has {self._address_max} open"
                " (name it in INTERSESSIONAL_TRUSTED_PROXIES if it is your proxy)"
            )
            return False
        connection.key = key
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


def _address(peer: Endpoint | None) -> Address | None:
    return None if peer is None else parse_address(peer[0])


def _peer(transport: asyncio.Transport) -> Endpoint | None:
    found: Any = transport.get_extra_info("peername")
    # IPv6 has two more fields; a Unix socket has a name.
    return None if found is None or isinstance(found, str) else (found[0], found[1])
