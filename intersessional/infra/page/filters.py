"""The filters of templates: days, moments and numbers in the language of the page."""

from datetime import date, timedelta

from markupsafe import Markup

from intersessional.infra.page.formats import UTC_ZONE
from intersessional.infra.page.rendering import CURRENT


def day(text: str) -> Markup:
    """A day of the API as a ``<time>``; a month or a year as far as it is known."""
    shown = CURRENT.get().formats.day(text)
    return Markup('<time datetime="{}">{}</time>').format(text, shown)


def period(first: str, last: str) -> str:
    """Two days of the API and those between them."""
    return CURRENT.get().formats.period(first, last)


def day_number(text: str) -> int:
    """The number of a day, to count the days between two."""
    return date.fromisoformat(text).toordinal()


def days_before(text: str, days: int) -> str:
    """The day so many days before a day."""
    return (date.fromisoformat(text) - timedelta(days=days)).isoformat()


def moment(text: str, zone: str = UTC_ZONE) -> Markup:
    """An instant of the API as a ``<time>``, in a zone by its IANA name."""
    return CURRENT.get().formats.moment(text, zone)


def number(value: float) -> str:
    """A number."""
    return CURRENT.get().formats.number(value)


def zone_place(name: str) -> str:
    """The place of a time zone, by its IANA name."""
    return CURRENT.get().formats.place(name)
