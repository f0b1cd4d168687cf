"""The time by which several events had all happened."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.all_occurred import all_occurred

beginning = datetime(2017, 12, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=62)).map(lambda later: beginning + later)
days = st.dates(date(2017, 12, 1), date(2018, 1, 31))
times = st.one_of(
    moments.map(Occurred.instant),
    days.map(lambda day: Occurred.parse(str(day))),
    days.map(lambda day: Occurred.parse(str(day)[:7])),
    days.map(lambda day: Occurred.parse(str(day)[:4])),
    st.tuples(days, days).map(lambda two: Occurred.parse(f"{min(two)}/{max(two)}")),
)


@pytest.mark.parametrize(
    ("times", "happened"),
    [
        (["2018-05"], "2018-05"),
        (["2018-05", "2018-04-04"], "2018-05"),
        (["2018-05", "2018-05-09"], "2018-05-09/2018-05-31"),
        (["2018-05", "2018-04-04/2018-06-13"], "2018-05-01/2018-06-13"),
        (["2018-05-09", "2018-05-09T12:00:00Z"], "2018-05-09"),
        (["2018-05-09", "2018-05-10T12:00:00Z"], "2018-05-10T12:00:00Z"),
        (["2018-05-10T12:00:00Z", "2018-05-10T11:00:00Z"], "2018-05-10T12:00:00Z"),
    ],
)
def test_all_occurred_is_the_last_as_exactly_as_the_periods_allow(
    times: list[str], happened: str
) -> None:
    assert all_occurred(*map(Occurred.parse, times)) == Occurred.parse(happened)


@given(st.lists(times, min_size=1, max_size=4), moments)
def test_all_occurred_by_an_instant_exactly_when_each_has(
    times: list[Occurred], moment: datetime
) -> None:
    assert all_occurred(*times).certain_by(moment) == all(
        thing.certain_by(moment) for thing in times
    )


@given(st.lists(times, min_size=1, max_size=4), moments)
def test_all_occurred_begins_on_the_last_first_day(times: list[Occurred], moment: datetime) -> None:
    happened = all_occurred(*times)

    if any(moment.date() < thing.begins.date() for thing in times):
        assert moment < happened.begins


@given(st.lists(times, min_size=1, max_size=4))
def test_all_occurred_does_not_depend_on_the_order(times: list[Occurred]) -> None:
    forwards = all_occurred(*times)
    backwards = all_occurred(*reversed(times))

    assert (forwards.begins, forwards.ends) == (backwards.begins, backwards.ends)
