"""One open connection, and how its client reads."""

import asyncio
from dataclasses import dataclass

from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.connections.client_address import LimitKey

CHECKS_MAX = 3
"""How often a connection is checked before it is aborted."""
PROGRESS_BYTES = 4 * 1024
"""The bytes that a client must read between two checks; the last ones may be fewer."""

Endpoint = tuple[str, int]
"""An address and a port."""


@dataclass(eq=False, slots=True)
class OpenConnection:
    """The transport of a connection, with the bytes that its client has not read."""

    transport: asyncio.Transport
    budget: ByteBudget
    """The bound on what all clients have not read."""
    key: LimitKey | None = None
    """The address that it counts for; None for a trusted proxy."""
    peer: Endpoint | None = None
    """The other end, which may be a proxy."""
    client: Endpoint | None = None
    """The client of a proxy, if the PROXY protocol names one."""
    _unsent: int = 0
    _stalled: int = 0

    def abort(self) -> None:
        """Close at once, in the next turn of the event loop; unsent data is lost."""
        asyncio.get_running_loop().call_soon(self.transport.abort)

    def hold(self, size: int) -> None:
        """Count bytes that wait for the client, in the transport or before it."""
        self.budget.hold(self, size)

    def writing_paused(self) -> None:
        """Count the bytes in the transport, of which there are many."""
        self.hold(self.transport.get_write_buffer_size())

    def reads(self) -> None:
        """Note that the client has read."""
        self._stalled = 0
        self.hold(0)

    def is_stalled(self) -> bool:
        """Check the bytes in the transport; whether too few were read at several checks."""
        unsent = self.transport.get_write_buffer_size()
        has_read = unsent == 0 or unsent <= self._unsent - PROGRESS_BYTES
        self._stalled = 0 if has_read or not self._unsent else self._stalled + 1
        self._unsent = unsent
        self.hold(unsent)
        return self._stalled >= CHECKS_MAX
