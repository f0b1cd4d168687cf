"""The state of a question that was raised."""

from enum import Enum


class QuestionState(Enum):
    """The states of a question (DOMAIN row 16)."""

    OPEN = "OPEN"
    """Raised, and not answered."""
    PARTLY_ANSWERED = "PARTLY_ANSWERED"
    """Answered in part: it is open until it is answered in full."""
    ANSWERED = "ANSWERED"
    """Answered."""
    WITHDRAWN = "WITHDRAWN"
    """Withdrawn by whoever raised it."""

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer, or for the rest of one."""
        return self in (QuestionState.OPEN, QuestionState.PARTLY_ANSWERED)

    def after_answer(self, *, complete: bool) -> "QuestionState":
        """The state after an answer; one that is settled stays as it is."""
        if not self.is_open:
            return self
        return QuestionState.ANSWERED if complete else QuestionState.PARTLY_ANSWERED
