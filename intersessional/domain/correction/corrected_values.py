"""The values that a correction gives to fields, read from their words."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from intersessional.domain.correction.correctable_fields import without_none
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.language import validated_language
from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Permanent, Sealed
from intersessional.domain.kernel.texts import validated_name, validated_text
from intersessional.domain.kernel.time_zones import validated_time_zone

_INTEGER = re.compile("0|[1-9][0-9]{0,8}")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMES = frozenset(
    {"name", "body_name", "title", "label", "place", "venue", "areas", "audience", "forum"}
)
"""The fields that hold names: texts on one line."""


def corrected_value(name: str, hint: Any, value: str | None, place: str) -> Any:
    """The value of a field of this name and type; ``place`` is the value in the command.

    Raises BadValue.
    """
    [kind] = without_none(hint)
    if value is None:
        if hint is kind:
            raise BadValue(field=place, problem="the fact must have a value there.")
        return None
    if kind == Permanent:
        return _text(name, value, place)
    if kind is str:
        check = validated_language if name == "language" else validated_time_zone
        return check(place, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        if value not in (keys := [str(one.value) for one in kind]):
            raise BadValue(field=place, problem=f"give one of: {', '.join(keys)}.")
        return kind(value)
    try:
        return _READ[kind](value)
    except ValueError:
        raise BadValue(field=place, problem=_EXPECTED[kind]) from None


def _text(name: str, value: str, place: str) -> Sealed:
    return validated_name(place, value) if name in _NAMES else validated_text(place, value)


def _integer(value: str) -> int:
    if not _INTEGER.fullmatch(value):
        raise ValueError(value)
    return int(value)


def _day(value: str) -> date:
    if not _DAY.fullmatch(value):
        raise ValueError(value)
    return date.fromisoformat(value)


def _instant(value: str) -> datetime:
    occurred = Occurred.parse(value)
    if occurred.precision is not Precision.INSTANT:
        raise ValueError(value)
    return occurred.begins


def _truth(value: str) -> bool:
    if value not in ("true", "false"):
        raise ValueError(value)
    return value == "true"


_READ: Mapping[Any, Callable[[str], Any]] = {
    int: _integer,
    bool: _truth,
    date: _day,
    datetime: _instant,
    Occurred: Occurred.parse,
    PersonId: UUID,
}
_EXPECTED: Mapping[Any, str] = {
    int: "give a number from 0 to 999999999.",
    bool: "give true or false.",
    date: "give a day, such as 2018-04-13.",
    datetime: "give an instant, such as 2018-04-13T12:00:00Z.",
    Occurred: "give a year, month, day, period or instant.",
    PersonId: "give the id of a participant.",
}
