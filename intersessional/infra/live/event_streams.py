"""The streams of events of a node: opened for as long as the token of their reader is accepted."""

from contextlib import ExitStack

from intersessional.infra.identity import SignedIn, TokenRefused
from intersessional.infra.live import events
from intersessional.infra.live.event_sink import EventSink
from intersessional.infra.live.event_stream import EventStream, Watch
from intersessional.infra.live.guests import Guests
from intersessional.infra.live.sessions import Sessions


class EventStreams:
    """Opens streams."""

    def __init__(self, guests: Guests, sessions: Sessions) -> None:
        """``guests`` gets their readers, ``sessions`` says whether they may be."""
        self._guests = guests
        self._sessions = sessions

    def open(self, watch: Watch, who: SignedIn) -> EventStream:
        """A stream of what is watched, which ends when the token of its reader does.

        Raises TooMany, and TokenRefused for whoever was signed out a moment ago.
        """
        sink = EventSink()

        def end(refused: TokenRefused) -> None:
            sink.put(events.comment(refused.code))
            sink.end()

        with ExitStack() as session:
            session.enter_context(self._sessions.opened())
            session.enter_context(self._sessions.signed_in(who, end))
            session.enter_context(self._guests.known(sink))
            return EventStream(watch, sink, session.pop_all())
