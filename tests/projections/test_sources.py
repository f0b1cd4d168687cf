"""The view of sources."""

from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.source.source import Source
from intersessional.projections.sources import SOURCES, SourceDocument
from tests.projections.event_history import EventHistory


def test_a_listed_source_is_shown() -> None:
    history = EventHistory()
    id = source_id("summary-report")
    title, location = Sealed("Summary report"), Sealed("the IGF's web site")
    history.begin(Source, Source.Listed, id, key="summary-report", title=title, location=location)

    assert history.document(SOURCES, id) == SourceDocument("summary-report", title, location)
