"""The view of sources."""

from dataclasses import dataclass

from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.source.source import Source
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class SourceDocument:
    """A source in which a fact can be looked up."""

    key: str
    title: Sealed
    location: Sealed | None


def _evolve(source: SourceDocument | None, recorded: RecordedEvent) -> SourceDocument | None:
    match recorded.event:
        case Source.Listed() as event:
            return SourceDocument(event.key, event.title, event.location)
        case _:
            return source


SOURCES = View(
    name="sources",
    version=1,
    document=SourceDocument,
    keys=stream_of(Source),
    evolve=_evolve,
    lists=lambda _: under(None),
)
