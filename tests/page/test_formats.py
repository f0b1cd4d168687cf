"""Dates, times and numbers are written as the reader's language writes them."""

import re

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


@pytest.mark.parametrize(
    ("tag", "days", "months", "years"),
    [
        (
            "en",
            "19 - 22 March 2018",
            "30 September - 11 November 2018",
            "30 December 2018 - 2 January 2019",
        ),
        ("ar", "19-22 مارس 2018", "30 سبتمبر - 11 نوفمبر 2018", "30 ديسمبر 2018 - 2 يناير 2019"),
        ("zh", "2018年3月19日 - 22日", "2018年9月30日 - 11月11日", "2018年12月30日 - 2019年1月2日"),
        (
            "fr",
            "19-22 mars 2018",
            "30 septembre - 11 novembre 2018",
            "30 décembre 2018 - 2 janvier 2019",
        ),
        (
            "ru",
            "19-22 марта 2018 г.",  # noqa: RUF001  Russian.
            "30 сентября - 11 ноября 2018 г.",  # noqa: RUF001
            "30 декабря 2018 г. - 2 января 2019 г.",  # noqa: RUF001
        ),
        (
            "es",
            "19-22 de marzo de 2018",
            "30 de septiembre - 11 de noviembre de 2018",
            "30 de diciembre de 2018 - 2 de enero de 2019",
        ),
    ],
)
def test_period_names_no_month_and_no_year_twice(
    tag: str, days: str, months: str, years: str
) -> None:
    formats = Formats(LANGUAGES[tag])

    assert _plain(formats.period("2018-03-19", "2018-03-22")) == days
    assert _plain(formats.period("2018-09-30", "2018-11-11")) == months
    assert _plain(formats.period("2018-12-30", "2019-01-02")) == years
    assert formats.period("2018-03-19", "2018-03-19") == formats.day("2018-03-19")


def _plain(text: str) -> str:
    """A text with one kind of space and of dash."""
    return re.sub("[\u2009\u202f\xa0]", " ", re.sub("[\u2013\u2014]", "-", text))


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
