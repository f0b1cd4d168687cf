"""The streams of Server-Sent Events of a node."""

from contextlib import ExitStack

from intersessional.infra.auth import InvalidToken, Principal
from intersessional.infra.connections.authenticated_sessions import AuthenticatedSessions
from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.connections.client_address import LimitKey
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.sse import sse_format
from intersessional.infra.sse.sse_buffer import SseBuffer
from intersessional.infra.sse.sse_response import SseResponse, Subscribe

NODE_BYTES_MAX = 64 * 1024 * 1024
"""Events of all streams together that wait for clients which read slowly."""


class SseStreams:
    """Opens streams, up to the limits on open connections."""

    def __init__(self, connections: ClientConnections, sessions: AuthenticatedSessions) -> None:
        self._connections = connections
        self._sessions = sessions
        self._budget = ByteBudget("streams of events", NODE_BYTES_MAX)

    def open(
        self, subscribe: Subscribe, principal: Principal, address: LimitKey | None
    ) -> SseResponse:
        """Open a stream that ends when the principal's token does.

        Raises TooManySessions, and InvalidToken.
        """
        buffer = SseBuffer(budget=self._budget)

        def end(error: InvalidToken) -> None:
            buffer.put(sse_format.comment(error.code))
            buffer.end()

        with ExitStack() as session:
            place = session.enter_context(self._sessions.reserve(address, buffer.end))
            session.enter_context(self._sessions.register(principal, place, end))
            return SseResponse(
                subscribe, buffer, connections=self._connections, session=session.pop_all()
            )
