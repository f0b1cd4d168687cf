"""The view from which a question is answered."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from intersessional.domain.command_handling.question import Question
from intersessional.projections.kernel.recorded_event import RecordedEvent, UnknownEvent
from intersessional.projections.kernel.view import View

A = TypeVar("A")


def question_view(question: Question[A]) -> View[A]:
    """A view with one document for each key of a question: its answer.

    Another version of the question is another view, so no version answers for another.
    """

    def keys(recorded: RecordedEvent) -> Collection[UUID]:
        event = recorded.event
        return () if isinstance(event, UnknownEvent) else {*question.keys(event)}

    def evolve(answer: A | None, recorded: RecordedEvent) -> A | None:
        event = recorded.event
        return answer if isinstance(event, UnknownEvent) else question.evolve(answer, event)

    return View(
        name=question.id,
        version=1,
        document=question.answer,
        keys=keys,
        evolve=evolve,
        lists=lambda _: (),
        is_queried=False,
    )
