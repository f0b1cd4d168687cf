"""Questions: what handlers, guards and reactions ask of the whole record (ADR 0024)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.domain.kernel.aggregate import DomainEvent

A = TypeVar("A")

QuestionKey = tuple[str, UUID]
"""The id of a question, and the key that it is asked for."""


@dataclass(frozen=True, kw_only=True)
class Question(Generic[A]):
    """A fold of events into answers of one type, one answer for each key.

    ``keys`` are the keys whose answers an event concerns. ``evolve`` folds an event into an answer
    and never fails; None is the answer before the first event. The same events must make the same
    answer in whatever order they are told, and an answer holds no texts. Change ``version``
    whenever the meaning of ``keys`` or ``evolve`` changes.
    """

    name: str
    version: int
    answer: type[A]
    keys: Callable[[DomainEvent], Collection[UUID]]
    evolve: Callable[[A | None, DomainEvent], A | None]

    @property
    def id(self) -> str:
        """The name with the version: another version is another question."""
        return f"{self.name}.v{self.version}"

    def folded(self, answer: A | None, key: UUID, events: Iterable[DomainEvent]) -> A | None:
        """The answer for a key after those of the events that concern it."""
        for event in events:
            if key in self.keys(event):
                answer = self.evolve(answer, event)
        return answer


AnyQuestion = Question[Any]


@dataclass(frozen=True, slots=True)
class Answer(Generic[A]):
    """An answer, and the position of the record as of which it was given."""

    value: A | None
    position: int
