"""Commands about questions."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class RaiseQuestion(Command):
    """Raise a question, or record that one was raised (DOMAIN row 16)."""

    TOPIC = "raised_question.raise"

    year: int
    """The year of the cycle."""
    question: str
    """The question; at most 20,000 bytes in UTF-8."""
    about: UUID | None = None
    """What it is about, such as a working group or a proposal, by its id."""
    meeting: UUID | None = None
    """The meeting at which it was raised, by its id."""
    raised_by: UUID | None = None
    """Who raised it, by their participant id: the sender by default, unless the Secretariat records
    it; null where that is not known.
    """


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(Command):
    """Answer a question, in full or in part."""

    TOPIC = "raised_question.answer"

    question: UUID
    """The question, by its id."""
    answer: str
    """The answer; at most 20,000 bytes in UTF-8."""
    complete: bool = True
    """Whether it answers the question in full: otherwise the question stays open."""
    meeting: UUID | None = None
    """The meeting at which it was answered, by its id."""
    answered_by: UUID | None = None
    """Who answered, by their participant id: the sender by default, unless the Secretariat records
    it; null where that is not known.
    """


@dataclass(frozen=True, kw_only=True)
class WithdrawQuestion(Command):
    """Withdraw a question."""

    TOPIC = "raised_question.withdraw"

    question: UUID
    """The question, by its id."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
