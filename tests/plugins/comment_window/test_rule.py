"""The rule of a window: its instants from the days of the meeting."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.plugins.comment_window.rule import WindowRule, day_of, start_of_day
from intersessional.plugins.testing import instant
from tests.plugins.comment_window.events import rule_of

ZONES = (
    "Africa/Cairo",
    "America/Havana",
    "America/Mexico_City",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Europe/Paris",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "UTC",
)
A_MOMENT = timedelta(microseconds=1)

days = st.dates(min_value=date(2005, 1, 1), max_value=date(2037, 12, 31))
zones = st.sampled_from(ZONES)


@pytest.mark.parametrize(
    ("rule", "opens_at", "closes_at"),
    [
        (
            rule_of(date(2018, 11, 12), date(2018, 11, 14), "Europe/Paris", 42),
            "2018-10-01T00:00:00+02:00",
            "2018-11-15T00:00:00+01:00",
        ),
        (
            rule_of(date(2016, 12, 6), date(2016, 12, 9), "America/Mexico_City", 42),
            "2016-10-25T00:00:00-05:00",
            "2016-12-10T00:00:00-06:00",
        ),
        (
            rule_of(date(2027, 11, 15), date(2027, 11, 19), "UTC", 0),
            "2027-11-15T00:00:00Z",
            "2027-11-20T00:00:00Z",
        ),
        (
            rule_of(date(2018, 11, 4), date(2018, 11, 4), "America/Sao_Paulo", 0),
            # There the clocks went from midnight to one o'clock that night.
            "2018-11-04T01:00:00-02:00",
            "2018-11-05T00:00:00-02:00",
        ),
    ],
    ids=["Paris 2018", "Guadalajara 2016", "no weeks", "no midnight"],
)
def test_a_window_opens_and_closes_with_days_at_the_place(
    rule: WindowRule, opens_at: str, closes_at: str
) -> None:
    assert rule.opens_at == instant(opens_at)
    assert rule.closes_at == instant(closes_at)
    assert rule.opens_at.utcoffset() == rule.closes_at.utcoffset() == timedelta(0)


@given(days, zones)
def test_a_day_begins_right_after_the_days_before_it(day: date, zone: str) -> None:
    begins = start_of_day(day, zone)

    assert day_of(begins - A_MOMENT, zone) < day <= day_of(begins, zone)


@given(days, st.integers(0, 20), zones, st.integers(0, 364), st.integers(0, 23))
def test_a_window_is_open_at_every_hour_of_its_days(
    starts_on: date, length: int, zone: str, days_before: int, hour: int
) -> None:
    rule = rule_of(starts_on, starts_on + timedelta(days=length), zone, days_before)

    for day in (starts_on - timedelta(days=days_before), starts_on, rule.ends_on):
        moment = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).replace(hour=hour)
        assert rule.opens_at <= moment < rule.closes_at
