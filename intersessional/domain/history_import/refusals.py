"""Refusals of imports."""

from intersessional.domain.kernel.refusals import Refused


class HistoryRefused(Refused):
    """A file has a mistake, or an entry of it was refused: nothing was recorded."""

    code = "HISTORY_REFUSED"
    sentence = "Line {line}, {reason}: {problem}"
    line: int
    """The line that it is about, from 1."""
    reason: str
    """The code of the mistake, or of the refusal of the entry."""
    problem: str
    """What is wrong there, in a sentence."""


class OutcomeChanged(Refused):
    """The import would record something else than was shown: nothing was recorded."""

    code = "OUTCOME_CHANGED"
    sentence = "The import would record something else than the check has shown: check it again."
