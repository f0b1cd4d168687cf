"""A question that was raised: open until it is answered or withdrawn."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.kernel.sealed import Erasable
from intersessional.domain.kernel.texts import validated_optional_text, validated_text
from intersessional.domain.raised_question.question_state import QuestionState
from intersessional.domain.raised_question.refusals import QuestionIsSettled

ANSWERS_MAX = 20
"""Answers that one question can have."""


class RaisedQuestion(Aggregate):
    """A question that was raised in a cycle, about something or in general."""

    TOPIC = "raised_question"

    cycle_id: UUID
    about_id: UUID | None
    raised_by: UUID | None
    state: QuestionState = QuestionState.OPEN
    answers: int = 0

    class Raised(CreatedEvent):
        """A question was raised: it is open until it is answered or withdrawn."""

        TOPIC = "raised_question.raised.v1"
        cycle_id: UUID
        about_id: UUID | None
        meeting_id: UUID | None
        raised_by: PersonId | None
        text: Erasable

    class PartlyAnswered(Aggregate.Event):
        """The question was answered in part: it stays open."""

        TOPIC = "raised_question.partly_answered.v1"
        cycle_id: UUID
        about_id: UUID | None
        meeting_id: UUID | None
        answered_by: PersonId | None
        text: Erasable

        def apply(self, aggregate: "RaisedQuestion") -> None:
            aggregate.state = aggregate.state.after_answer(complete=False)
            aggregate.answers += 1

    class Answered(Aggregate.Event):
        """The question was answered."""

        TOPIC = "raised_question.answered.v1"
        cycle_id: UUID
        about_id: UUID | None
        meeting_id: UUID | None
        answered_by: PersonId | None
        text: Erasable

        def apply(self, aggregate: "RaisedQuestion") -> None:
            aggregate.state = aggregate.state.after_answer(complete=True)
            aggregate.answers += 1

    class Withdrawn(Aggregate.Event):
        """The question was withdrawn: it waits for no answer any more."""

        TOPIC = "raised_question.withdrawn.v1"
        cycle_id: UUID
        about_id: UUID | None
        reason: Erasable | None

        def apply(self, aggregate: "RaisedQuestion") -> None:
            if aggregate.state.is_open:
                aggregate.state = QuestionState.WITHDRAWN

    @classmethod
    def put(
        cls,
        act: Act,
        *,
        id: UUID,
        cycle: Cycle,
        text: str,
        about_id: UUID | None = None,
        meeting_id: UUID | None = None,
        raised_by: UUID | None = None,
    ) -> Self:
        """Raise a question. Raises BadValue."""
        return cls.create(
            cls.Raised,
            id=id,
            act=act,
            cycle_id=cycle.id,
            about_id=about_id,
            meeting_id=meeting_id,
            raised_by=raised_by,
            text=validated_text("question", text),
        )

    def answer(
        self,
        act: Act,
        *,
        text: str,
        complete: bool,
        meeting_id: UUID | None = None,
        answered_by: UUID | None = None,
    ) -> None:
        """Answer the question, in full or in part, while it is open (DOMAIN row 16).

        Raises QuestionIsSettled, LimitReached, BadValue.
        """
        self.at(act.occurred).check_open()
        if self.answers >= ANSWERS_MAX:
            raise LimitReached(kind="answers to a question", most=ANSWERS_MAX)
        self.record(
            RaisedQuestion.Answered if complete else RaisedQuestion.PartlyAnswered,
            act=act,
            **self._parents,
            meeting_id=meeting_id,
            answered_by=answered_by,
            text=validated_text("answer", text),
        )

    def withdraw(self, act: Act, *, reason: str | None = None) -> None:
        """Withdraw the question while it is open. Raises QuestionIsSettled, BadValue."""
        self.at(act.occurred).check_open()
        text = validated_optional_text("reason", reason)
        self.record(RaisedQuestion.Withdrawn, act=act, **self._parents, reason=text)

    def check_open(self) -> None:
        """Check that it waits for an answer. Raises QuestionIsSettled."""
        if not self.state.is_open:
            raise QuestionIsSettled(question=self.id, state=self.state)

    @property
    def _parents(self) -> Mapping[str, Any]:
        return {"cycle_id": self.cycle_id, "about_id": self.about_id}
