"""A theme as readers see it."""

import pytest

from intersessional.domain.kernel.ids import theme_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.theme.theme import Theme
from intersessional.projections.themes import THEMES, ThemeDocument, ThemeYear
from tests.projections.event_history import EventHistory

CONTENT = theme_id("local-content")


@pytest.fixture
def document() -> ThemeDocument:
    history = EventHistory()
    theme = history.begin(Theme, Theme.Named, CONTENT, key="local-content")
    for year, title in ((2014, "Local content"), (2017, "Local Content")):
        history.append(theme, Theme.WorkedOn, year=year, title=Sealed(title), group_id=None)
    return history.document(THEMES, CONTENT)


def test_a_theme_has_a_title_for_each_year(document: ThemeDocument) -> None:
    assert document == ThemeDocument(
        "local-content",
        (
            ThemeYear(2014, Sealed("Local content"), None),
            ThemeYear(2017, Sealed("Local Content"), None),
        ),
    )


@pytest.mark.parametrize(("year", "nth"), [(2014, 1), (2015, 2), (2017, 2), (2018, 3)])
def test_theme_counts_the_years_of_work_before_a_year(
    document: ThemeDocument, year: int, nth: int
) -> None:
    assert document.nth(year) == nth
