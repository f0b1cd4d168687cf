"""The view of questions that were raised."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.raised_question.question_state import QuestionState
from intersessional.domain.raised_question.raised_question import RaisedQuestion
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under

UNSETTLED = "UNSETTLED"
"""The kind of the questions that wait for an answer, or for the rest of one."""


@dataclass(frozen=True)
class AnswerDocument:
    """An answer, in full or in part."""

    text: Sealed
    complete: bool
    answered: Occurred
    answered_by: UUID | None
    meeting_id: UUID | None


@dataclass(frozen=True)
class RaisedQuestionDocument:
    """A question with its answers, in the order in which they were given."""

    cycle_id: UUID
    about_id: UUID | None
    meeting_id: UUID | None
    raised: Occurred
    raised_by: UUID | None
    text: Sealed
    state: QuestionState = QuestionState.OPEN
    answers: tuple[AnswerDocument, ...] = ()
    reason: Sealed | None = None
    """Why it was withdrawn."""


def _evolve(
    question: RaisedQuestionDocument | None, recorded: RecordedEvent
) -> RaisedQuestionDocument | None:
    event = recorded.event
    if isinstance(event, RaisedQuestion.Raised):
        return RaisedQuestionDocument(
            cycle_id=event.cycle_id,
            about_id=event.about_id,
            meeting_id=event.meeting_id,
            raised=event.act.occurred,
            raised_by=event.raised_by,
            text=event.text,
        )
    if question is None:
        return None
    match event:
        case RaisedQuestion.PartlyAnswered() | RaisedQuestion.Answered():
            complete = isinstance(event, RaisedQuestion.Answered)
            answer = AnswerDocument(
                event.text, complete, event.act.occurred, event.answered_by, event.meeting_id
            )
            return replace(
                question,
                state=question.state.after_answer(complete=complete),
                answers=(*question.answers, answer),
            )
        case RaisedQuestion.Withdrawn() if question.state.is_open:
            return replace(question, state=QuestionState.WITHDRAWN, reason=event.reason)
        case _:
            return question


def _lists(question: RaisedQuestionDocument) -> Collection[ListKey]:
    """The questions of a cycle, and those about a thing, by state; the open ones together."""
    kinds = [question.state.value, *([UNSETTLED] if question.state.is_open else [])]
    about = question.about_id
    others = () if about in (None, question.cycle_id) else under(about, *kinds)
    return (*under(question.cycle_id, *kinds), *others)


RAISED_QUESTIONS = View(
    name="raised_questions",
    version=1,
    document=RaisedQuestionDocument,
    keys=stream_of(RaisedQuestion),
    evolve=_evolve,
    lists=_lists,
)
