"""The streams of events of a node: opened for as long as the token of their reader is accepted."""

from contextlib import ExitStack

from intersessional.infra.auth import InvalidToken, Principal
from intersessional.infra.connections.authenticated_sessions import AuthenticatedSessions
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.sse import sse_format
from intersessional.infra.sse.sse_buffer import SseBuffer
from intersessional.infra.sse.sse_response import SseResponse, Watch


class SseStreams:
    """Opens streams."""

    def __init__(self, guests: ClientConnections, sessions: AuthenticatedSessions) -> None:
        """``guests`` gets their readers, ``sessions`` says whether they may be."""
        self._guests = guests
        self._sessions = sessions

    def open(self, watch: Watch, who: Principal) -> SseResponse:
        """A stream of what is watched, which ends when the token of its reader does.

        Raises TooMany, and InvalidToken for whoever was signed out a moment ago.
        """
        sink = SseBuffer()

        def end(refused: InvalidToken) -> None:
            sink.put(sse_format.comment(refused.code))
            sink.end()

        with ExitStack() as session:
            session.enter_context(self._sessions.opened())
            session.enter_context(self._sessions.signed_in(who, end))
            session.enter_context(self._guests.known(sink))
            return SseResponse(watch, sink, session.pop_all())
