"""Refusals about questions that were raised."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused
from intersessional.domain.raised_question.question_state import QuestionState


class QuestionIsSettled(Refused):
    """The question was answered or withdrawn."""

    code = "QUESTION_SETTLED"
    sentence = "The question is not open any more: it is {state}."
    question: UUID
    """The id of the question."""
    state: QuestionState
    """The state of the question: answered or withdrawn."""
