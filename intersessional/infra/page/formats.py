"""Dates, times and numbers as a language writes them (CLDR)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from markupsafe import Markup

from intersessional.domain.kernel.time_zones import zone as time_zone
from intersessional.infra.page.languages import Language

UTC_ZONE = "UTC"

IntervalPatterns = Mapping[str, Mapping[str, list[str]]]

_SHORT_MONTH = re.compile("(?<!M)MMM(?!M)")


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

    def period(self, first: str, last: str) -> str:
        """Two days and those between them, with no month and no year twice."""
        begins, ends = _date(first), _date(last)
        if begins == ends:
            return self.day(first)
        fields = (("y", begins.year != ends.year), ("M", begins.month != ends.month), ("d", True))
        differs = next(field for field, changed in fields if changed)
        parts = self._interval_patterns[differs]
        texts = zip((begins, ends), parts, strict=True)
        return "".join(format_date(day, pattern, self.language.locale) for day, pattern in texts)

    @property
    def _interval_patterns(self) -> Mapping[str, list[str]]:
        """CLDR's patterns by the greatest field that differs.

        Their months are as long as those of a day: UTS #35 lets a field be widened.
        """
        locale = self.language.locale
        intervals = cast("IntervalPatterns", locale.interval_formats)
        found = intervals.get("yMMMMd") or intervals["yMMMd"]
        if "MMMM" not in str(locale.date_formats["long"]):
            return found
        return {field: [_SHORT_MONTH.sub("MMMM", one) for one in found[field]] for field in "yMd"}

    def moment(self, value: str, zone: str = UTC_ZONE) -> Markup:
        """An instant as an element ``time``, in a zone by its IANA name."""
        instant = datetime.fromisoformat(value)
        machine = instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        html = Markup('<time datetime="{}">{}</time>')
        return html.format(machine, self.in_zone(instant, zone))

    def in_zone(self, instant: datetime, zone: str) -> str:
        """An instant to the minute with the name of its zone, in words."""
        locale = self.language.locale
        there = time_zone(zone)
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
