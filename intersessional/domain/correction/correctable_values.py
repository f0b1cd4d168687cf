"""The fields of an event that a correction may change, with the values that they have now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from intersessional.domain.correction.changed_fields import Value, field_values
from intersessional.domain.correction.correctable_fields import (
    correctable_fields,
    pattern_of,
    without_none,
)
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.occurred import Occurred

FIELDS_MAX = 40
"""Fields of one event that are shown, the first ones."""


class FieldForm(Enum):
    """How the value of a field is written in a correction."""

    TEXT = "TEXT"
    """A text."""
    NUMBER = "NUMBER"
    """A whole number."""
    DAY = "DAY"
    """A day, such as 2018-04-13."""
    TIME = "TIME"
    """A year, a month, a day, a period or an instant."""
    CHOICE = "CHOICE"
    """One of a few words."""
    PERSON = "PERSON"
    """A participant, by the id."""


@dataclass(frozen=True, slots=True)
class CorrectableValue:
    """A field, how its value is written, and the value that it has."""

    field: str
    """Its path with dots."""
    form: FieldForm
    value: Value
    choices: Sequence[str] = ()
    """The words of a choice."""


def correctable_values(fact: DomainEvent) -> Sequence[CorrectableValue]:
    """The fields of a fact that a correction may change, in the order of the event."""
    hints = correctable_fields(type(fact))
    found = [
        _correctable(path, hints[pattern], value)
        for path, value in field_values(fact).items()
        if (pattern := pattern_of(path)) in hints
    ]
    return found[:FIELDS_MAX]


def _correctable(path: str, hint: Any, value: Value) -> CorrectableValue:
    [kind] = without_none(hint)
    if isinstance(kind, type) and issubclass(kind, Enum):
        words = [str(one.value) for one in kind]
        return CorrectableValue(path, FieldForm.CHOICE, value, words)
    if kind is bool:
        return CorrectableValue(path, FieldForm.CHOICE, value, ("true", "false"))
    return CorrectableValue(path, _FORMS.get(kind, FieldForm.TEXT), value)


_FORMS: dict[Any, FieldForm] = {
    int: FieldForm.NUMBER,
    date: FieldForm.DAY,
    datetime: FieldForm.TIME,
    Occurred: FieldForm.TIME,
    PersonId: FieldForm.PERSON,
}
