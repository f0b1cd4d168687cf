"""Facts by their names: what explains a deviation, and the refusal of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import islice
from uuid import UUID

FACTS_MAX = 30
"""Facts of one deviation; further ones are left out."""

FactValue = int | str | date | Enum | UUID
"""A value of a fact: a number, or what is one word in the record, such as a key, a day or an id."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its name, such as ``words``: a number, or a word; never a text of a person."""

    name: str
    number: int | None = None
    word: str | None = None
    """A key, a day or an instant in ISO 8601, or an id."""

    def __str__(self) -> str:
        """The fact in a sentence."""
        return f"{self.name} {self.word if self.number is None else self.number}"


def facts_of(values: Mapping[str, FactValue | Sequence[FactValue] | None]) -> tuple[Fact, ...]:
    """The facts with these values: one for each item of a list, and none for None."""
    facts = (
        _fact(name, item)
        for name, value in values.items()
        if value is not None
        for item in (value if isinstance(value, (tuple, list)) else (value,))
    )
    return (*islice(facts, FACTS_MAX),)


def _fact(name: str, value: object) -> Fact:
    match value:
        case bool():
            return Fact(name, word=str(value).lower())
        case int():
            return Fact(name, number=int(value))
        case Enum():
            return Fact(name, word=str(value.value))
        case date():
            return Fact(name, word=value.isoformat())
        case _:
            return Fact(name, word=str(value))
