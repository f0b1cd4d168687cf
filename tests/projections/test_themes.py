"""A theme as readers see it."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.ids import theme_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.theme.commands import RecordThemeYear
from intersessional.domain.theme.theme import Theme
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold
from intersessional.projections.themes import THEMES, ThemeDocument, ThemeYear
from tests.domain.actors import OPERATOR, PEOPLE, id_of
from tests.domain.given_when_then import given
from tests.projections.event_history import EventHistory

CONTENT = theme_id("local-content")


@pytest.fixture
def document() -> ThemeDocument:
    history = EventHistory()
    theme = history.begin(Theme, Theme.Named, CONTENT, key="local-content")
    for year, title in ((2014, "Local content"), (2017, "Local Content")):
        history.append(
            theme,
            Theme.WorkedOn,
            key="local-content",
            year=year,
            title=Sealed(title),
            group_id=None,
            cycle_id=None,
            decision_id=None,
        )
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


def told(year: int) -> SentCommand:
    """A year of work, told as a fact of that year."""
    return OPERATOR.sends(
        RecordThemeYear(
            command_id=id_of(f"told {year}"),
            theme="local-content",
            year=year,
            title="Local content",
            occurred=Occurred.parse(str(year)),
            provenance=Provenance(Ground.IMPORTED),
        )
    )


@pytest.mark.parametrize("years", list(permutations((2014, 2015, 2017))))
def test_a_theme_is_the_same_in_whatever_order_its_years_were_told(years: tuple[int, ...]) -> None:
    history = EventHistory()
    history.extend(given(PEOPLE, *map(told, years)).events())

    for instant in (2014, 2015, 2016, 2017, 2018):
        as_of = AsOf(history.position, datetime(instant, 1, 1, tzinfo=UTC))
        found = fold(THEMES, history.recorded, as_of)
        expected = {CONTENT: [year for year in sorted(years) if year < instant]}
        assert {
            key: [one.year for one in theme.document.years] for key, theme in found.items()
        } == (expected if instant > 2014 else {})
