"""Dates, times and numbers are written as the reader's language writes them."""

import pytest

from intersessional.infra.page.formats import Formats
from intersessional.infra.page.languages import LANGUAGES

INSTANT = "2026-12-04T17:30:59.123456+00:00"


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("en", "4 December 2026"),
        ("ar", "4 ديسمبر 2026"),
        ("zh", "2026年12月4日"),
        ("fr", "4 décembre 2026"),
        ("ru", "4 декабря 2026\u202fг."),  # noqa: RUF001  Russian.
        ("es", "4 de diciembre de 2026"),
    ],
)
def test_day_is_written_in_the_language(tag: str, day: str) -> None:
    assert Formats(LANGUAGES[tag]).day("2026-12-04") == day


def test_day_that_is_known_to_the_month_or_the_year_is_no_more_exact() -> None:
    formats = Formats(LANGUAGES["en"])

    assert formats.day("2018-04") == "April 2018"
    assert formats.day("2018") == "2018"


def test_moment_names_its_zone_and_holds_the_instant_for_machines() -> None:
    formats = Formats(LANGUAGES["en"])

    assert str(formats.moment(INSTANT)) == (
        '<time datetime="2026-12-04T17:30:59Z">4 December 2026, 17:30 UTC</time>'
    )
    assert "18:30 Paris" in formats.moment(INSTANT, "Europe/Paris")
    assert "18:30 Париж" in Formats(LANGUAGES["ru"]).moment(INSTANT, "Europe/Paris")


@pytest.mark.parametrize(("tag", "text"), [("ar", "2026، 17:30 UTC"), ("zh", "4日 17:30 UTC")])
def test_day_and_time_are_joined_as_the_language_joins_them(tag: str, text: str) -> None:
    assert text in Formats(LANGUAGES[tag]).moment(INSTANT)


def test_number_has_the_separators_of_the_language() -> None:
    assert Formats(LANGUAGES["en"]).number(12345) == "12,345"
    assert Formats(LANGUAGES["ru"]).number(12345) == "12\xa0345"
