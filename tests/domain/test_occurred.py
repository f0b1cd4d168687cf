"""When something happened, with the precision its source gives."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.occurred import Occurred, Precision, rfc3339

moments = st.datetimes(
    min_value=datetime(2, 1, 3, tzinfo=UTC).replace(tzinfo=None),
    max_value=datetime(9998, 12, 30, tzinfo=UTC).replace(tzinfo=None),
    timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
days = st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31))
written = st.one_of(
    moments.map(lambda moment: moment.isoformat(timespec="microseconds")),
    days.map(str),
    st.tuples(days, days).map(lambda two: f"{min(two)}/{max(two)}"),
    days.map(lambda day: str(day)[:7]),
    days.map(lambda day: str(day)[:4]),
)


@given(written)
def test_occurred_is_parsed_again_from_its_text(text: str) -> None:
    occurred = Occurred.parse(text)

    assert Occurred.parse(occurred.at) == occurred


@given(moments)
def test_an_instant_is_the_same_in_every_zone(moment: datetime) -> None:
    occurred = Occurred.parse(moment.isoformat(timespec="microseconds"))

    assert occurred == Occurred.instant(moment)
    assert occurred.begins == occurred.ends == moment
    assert occurred.at.endswith("Z")


@given(written)
def test_nothing_ends_before_it_begins(text: str) -> None:
    occurred = Occurred.parse(text)

    assert occurred.begins <= occurred.ends
    assert (occurred.begins == occurred.ends) == (occurred.precision is Precision.INSTANT)


@given(written, moments)
def test_occurred_is_to_come_or_uncertain_or_past_at_any_instant(
    text: str, moment: datetime
) -> None:
    occurred = Occurred.parse(text)

    to_come = moment < occurred.begins

    assert [to_come, occurred.uncertain_at(moment), occurred.certain_by(moment)].count(True) == 1


@given(days)
def test_a_day_lies_in_its_month_and_its_month_in_its_year(day: date) -> None:
    a_day, month, year = (Occurred.parse(str(day)[:length]) for length in (10, 7, 4))

    assert year.begins <= month.begins <= a_day.begins
    assert a_day.ends <= month.ends <= year.ends
    assert a_day.ends - a_day.begins == timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "precision", "begins", "ends"),
    [
        ("2018", Precision.YEAR, "2018-01-01T00:00Z", "2019-01-01T00:00Z"),
        ("2018-12", Precision.MONTH, "2018-12-01T00:00Z", "2019-01-01T00:00Z"),
        ("2016-02", Precision.MONTH, "2016-02-01T00:00Z", "2016-03-01T00:00Z"),
        ("2018-04-04", Precision.DAY, "2018-04-04T00:00Z", "2018-04-05T00:00Z"),
        ("2018-03-19/2018-03-22", Precision.PERIOD, "2018-03-19T00:00Z", "2018-03-23T00:00Z"),
        ("2018-04-04T15:00:00+02:00", Precision.INSTANT, "2018-04-04T13:00Z", "2018-04-04T13:00Z"),
        ("0002", Precision.YEAR, "0002-01-01T00:00Z", "0003-01-01T00:00Z"),
        ("9998-12-31", Precision.DAY, "9998-12-31T00:00Z", "9999-01-01T00:00Z"),
    ],
)
def test_occurred_fills_its_entire_period(
    text: str, precision: Precision, begins: str, ends: str
) -> None:
    occurred = Occurred.parse(text)

    assert occurred.precision is precision
    assert occurred.begins == datetime.fromisoformat(begins)
    assert occurred.ends == datetime.fromisoformat(ends)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 2018",
        "2018\n",
        "18",
        "02018",
        "-2018",
        "\uff12\uff10\uff11\uff18",
        "\u0662\u0660\u0661\u0668-\u0660\u0664-\u0660\u0664",
        "2018-4-4",
        "2018-13",
        "2018-02-29",
        "2018-00-01",
        "2018-W14",
        "20180404",
        "2018-04-04T15:00",
        "2018-04-04T15:00:00",
        "2018-04-04 15:00:00Z",
        "2018-04-04T15:00:00z",
        "2018-04-04T15:00:00.1234567Z",
        "2018-04-04T15:00:00+24:00",
        "2018-04-04T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2018-03-22/2018-03-19",
        "2018-03/2018-04",
        "2018-03-19/",
        "0000",
        "0000-01-01",
        "9999",
        "9999-12",
        "9999-12-31",
        "9998-01-01/9999-12-31",
        "0001",
        "0001-12-31T23:59:59Z",
        "0002-01-01T00:00:00+00:01",
        "9999-01-01T00:00:01Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
    ],
)
def test_malformed_time_raises_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Occurred.parse(text)


@given(st.text(alphabet="0123456789-/:TZ+.", max_size=30))
def test_any_text_is_a_time_or_raises_a_value_error(text: str) -> None:
    try:
        occurred = Occurred.parse(text)
    except ValueError:
        return

    assert occurred.begins <= occurred.ends


@given(moments)
def test_instants_are_ordered_as_their_texts_are(moment: datetime) -> None:
    later = moment + timedelta(microseconds=1)

    assert rfc3339(moment) < rfc3339(later)
    assert datetime.fromisoformat(rfc3339(moment)) == moment
