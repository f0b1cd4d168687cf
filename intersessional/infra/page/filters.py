"""The filters of templates: days, moments and numbers in the language of the page."""

from datetime import UTC, date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from intersessional.infra.page.rendering import CURRENT


def day(text: str) -> Markup:
    """A day of the API as a ``<time>``."""
    shown = format_date(date.fromisoformat(text), format="long", locale=_locale())
    return Markup('<time datetime="{}">{}</time>').format(text, shown)


def moment(text: str) -> Markup:
    """An instant of the API as a ``<time>`` in UTC."""
    instant = datetime.fromisoformat(text).astimezone(UTC)
    shown = format_datetime(instant, "long", locale=_locale())
    return Markup('<time datetime="{}">{}</time>').format(text, shown)


def number(value: int) -> str:
    """A number."""
    return str(escape(format_decimal(value, locale=_locale())))


def _locale() -> str:
    return CURRENT.get().language.tag
