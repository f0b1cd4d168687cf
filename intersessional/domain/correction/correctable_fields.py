"""The fields of an event that a correction may change, by their types (ADR 0063).

A source may get wrong: a name or another text that stays, a number, a day, a time, one of a few
values, and which person it was. It is never what the event happened to, what the record itself
made, or words that somebody may take back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from intersessional.domain.correction.changed_fields import OUTSIDE_THE_DATA
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Permanent

_TYPES = (Permanent, Occurred, date, datetime, int, bool, PersonId)
_KEYS = ("time_zone", "language")
"""The fields of text that is not sealed, and is no key of the record."""
_NEVER = OUTSIDE_THE_DATA | {"year", "revision", "version"}
"""What every event has, and the numbers that are part of an id."""


@cache
def correctable_fields(event: type[DomainEvent]) -> Mapping[str, Any]:
    """The types of the fields by their paths with dots; ``*`` is any item of a tuple."""
    return {
        path: kind
        for path, kind in _within(event, "")
        if not any(f"{path}.".startswith(f"{fixed}.") for fixed in event.FIXED)
    }


def pattern_of(path: str) -> str:
    """The path in ``correctable_fields`` of the path of a value: ``rows.*.value`` of all rows."""
    return ".".join("*" if name.isdecimal() else name for name in path.split("."))


def without_none(hint: Any) -> tuple[Any, ...]:
    """The types that a value can have beside None."""
    either = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return tuple(one for one in either if one is not NoneType)


def _within(kind: type, path: str) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(kind, include_extras=True)
    for one in fields(kind) if is_dataclass(kind) else ():
        if one.name not in _NEVER:
            yield from _leaves(hints[one.name], f"{path}{one.name}")


def _leaves(hint: Any, path: str) -> Iterator[tuple[str, Any]]:
    for kind in without_none(hint):
        if get_origin(kind) is tuple:
            yield from _leaves(get_args(kind)[0], f"{path}.*")
        elif kind in _TYPES or _is_choice(kind) or (kind is str and _name(path) in _KEYS):
            yield path, hint
        elif isinstance(kind, type):
            yield from _within(kind, f"{path}.")


def _is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _name(path: str) -> str:
    return path.rpartition(".")[2]
