"""Dates, times and numbers as a language writes them (CLDR)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from markupsafe import Markup

from intersessional.infra.page.languages import Language

UTC_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of a language, for values as the API answers them."""

    language: Language

    def day(self, value: str) -> str:
        """A day, such as "4 December 2026"; a month or a year as far as it is known."""
        locale = self.language.locale
        match value.split("-"):
            case [year]:
                return year
            case [year, month]:
                return format_skeleton("yMMMM", date(int(year), int(month), 1), locale=locale)
            case _:
                return format_date(_date(value), format="long", locale=locale)

    def moment(self, value: str, zone: str = UTC_ZONE) -> Markup:
        """An instant as an element ``time``, in a zone by its IANA name."""
        instant = datetime.fromisoformat(value)
        machine = instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        html = Markup('<time datetime="{}">{}</time>')
        return html.format(machine, self.in_zone(instant, zone))

    def in_zone(self, instant: datetime, zone: str) -> str:
        """An instant to the minute with the name of its zone, in words."""
        locale = self.language.locale
        there = ZoneInfo(zone)
        day = format_date(instant.astimezone(there), format="long", locale=locale)
        time = format_skeleton("Hm", instant, tzinfo=there, locale=locale)
        return f"{locale.datetime_formats['medium'].format(time, day)} {self.place(zone)}"

    def place(self, zone: str) -> str:
        """The name of a zone: UTC, or its city."""
        if zone in (UTC_ZONE, "Etc/UTC"):
            return UTC_ZONE
        zones = cast("Mapping[str, Mapping[str, str]]", self.language.locale.time_zones)
        return zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")

    def number(self, value: float) -> str:
        """A number with the digits and separators of the language."""
        return format_decimal(value, locale=self.language.locale)


def _date(value: str) -> date:
    return date.fromisoformat(value[:10])
