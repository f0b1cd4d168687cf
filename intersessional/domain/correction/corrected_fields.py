"""Other values for fields of an event, each of the field's type."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_text

_INTEGER = re.compile("0|[1-9][0-9]{0,8}")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class CorrectedField:
    """An event with another value in one field, and the value that it had before."""

    fact: DomainEvent
    before: Any
    after: Any


def with_field(fact: DomainEvent, path: str, value: str | None, place: str) -> CorrectedField:
    """The event with a value in one of the fields that a correction may change.

    ``place`` is the change in the command. Raises BadValue for another field, and for a value that
    is not of the field's type.
    """
    names = path.split(".")
    pattern = ".".join("*" if name.isdecimal() else name for name in names)
    if pattern not in type(fact).CORRECTABLE:
        fields = ", ".join(type(fact).CORRECTABLE) or "none of its fields"
        raise BadValue(field=f"{place}.field", problem=f"a correction may change: {fields}.")
    before = after = cast("Any", None)

    def replaced(old: Any, hint: Any, rest: Sequence[str]) -> Any:
        nonlocal before, after
        if not rest:
            before, after = old, _parsed(hint, value, f"{place}.value")
            return after
        name, *inner = rest
        if isinstance(old, tuple):
            items = cast("tuple[object, ...]", old)
            if int(name) >= len(items):
                raise BadValue(field=f"{place}.field", problem=f"it has {len(items)} items.")
            item = replaced(items[int(name)], get_args(hint)[0], inner)
            return (*items[: int(name)], item, *items[int(name) + 1 :])
        if not is_dataclass(old) or isinstance(old, type):
            raise BadValue(field=f"{place}.field", problem="the event has no value there.")
        hints = get_type_hints(type(old), include_extras=True)
        return replace(old, **{name: replaced(getattr(old, name), hints[name], inner)})

    corrected = replaced(fact, type(fact), names)
    return CorrectedField(corrected, before, after)


def _parsed(hint: Any, value: str | None, field: str) -> Any:
    """The value of a type. Raises BadValue."""
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    if value is None:
        if NoneType in kinds:
            return None
        raise BadValue(field=field, problem="the fact must have a value there.")
    [kind] = [one for one in kinds if one is not NoneType]
    if kind == Permanent:
        return validated_text(field, value)
    try:
        return _READ[kind](value)
    except ValueError:
        raise BadValue(field=field, problem=_EXPECTED[kind]) from None


def _integer(value: str) -> int:
    if not _INTEGER.fullmatch(value):
        raise ValueError(value)
    return int(value)


def _day(value: str) -> date:
    if not _DAY.fullmatch(value):
        raise ValueError(value)
    return date.fromisoformat(value)


_READ: Mapping[Any, Callable[[str], Any]] = {int: _integer, date: _day, Occurred: Occurred.parse}
_EXPECTED: Mapping[Any, str] = {
    int: "give a number from 0 to 999999999.",
    date: "give a day, such as 2018-04-13.",
    Occurred: "give a year, month, day, period or instant.",
}
