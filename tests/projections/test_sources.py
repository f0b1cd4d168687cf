"""A source as readers see it."""

from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.source.source import Source
from intersessional.projections.sources import SOURCES, SourceDocument
from tests.projections.tale import Tale


def test_a_listed_source_is_shown() -> None:
    tale = Tale()
    id = source_id("summary-report")
    title, location = Sealed("Summary report"), Sealed("the IGF's web site")
    tale.begin(Source, Source.Listed, id, key="summary-report", title=title, location=location)

    assert tale.document(SOURCES, id) == SourceDocument("summary-report", title, location)
