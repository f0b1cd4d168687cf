"""Other values for fields of an event, each of the field's type."""

from collections.abc import Sequence
from dataclasses import dataclass, is_dataclass, replace
from typing import Any, cast

from intersessional.domain.correction.correctable_fields import (
    correctable_fields,
    pattern_of,
    without_none,
)
from intersessional.domain.correction.corrected_values import corrected_value
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.refusals import BadValue


@dataclass(frozen=True, slots=True)
class CorrectedField:
    """An event with another value in one field, and the value that it had before."""

    fact: DomainEvent
    before: Any
    after: Any
    is_person: bool
    """Whether the value is the id of a participant."""


def with_field(fact: DomainEvent, path: str, value: str | None, place: str) -> CorrectedField:
    """The event with a value in one of the fields that a correction may change.

    ``place`` is the change in the command. Raises BadValue for another field, and for a value that
    is not of the field's type.
    """
    names = path.split(".")
    pattern = pattern_of(path)
    correctable = correctable_fields(type(fact))
    if pattern not in correctable:
        fields = ", ".join(correctable) or "none of its fields"
        raise BadValue(field=f"{place}.field", problem=f"a correction may change: {fields}.")
    hint = correctable[pattern]
    named = [name for name in names if not name.isdecimal()][-1]
    after = corrected_value(named, hint, value, f"{place}.value")
    before = cast("Any", None)

    def replaced(old: Any, rest: Sequence[str]) -> Any:
        nonlocal before
        if not rest:
            before = old
            return after
        name, *inner = rest
        if isinstance(old, tuple):
            items = cast("tuple[object, ...]", old)
            if int(name) >= len(items):
                raise BadValue(field=f"{place}.field", problem=f"it has {len(items)} items.")
            item = replaced(items[int(name)], inner)
            return _distinct((*items[: int(name)], item, *items[int(name) + 1 :]), place)
        if not is_dataclass(old) or isinstance(old, type):
            raise BadValue(field=f"{place}.field", problem="the event has no value there.")
        return replace(old, **{name: replaced(getattr(old, name), inner)})

    corrected = replaced(fact, names)
    return CorrectedField(corrected, before, after, without_none(hint) == (PersonId,))


def _distinct(items: tuple[object, ...], place: str) -> tuple[object, ...]:
    if any(item in items[:n] for n, item in enumerate(items)):
        raise BadValue(field=f"{place}.value", problem="another item has this value.")
    return items
