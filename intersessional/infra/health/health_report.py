"""What a node says of its health."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HealthProblem:
    """Why a node cannot serve as it should: a stable code and a sentence without internals."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    """The problems of a node, and how far the log and the views have come.

    The positions are None where the database did not answer.
    """

    problems: Sequence[HealthProblem]
    head_position: int | None = None
    view_position: int | None = None
    view_lags: dict[str, int] = field(default_factory=dict[str, int])
    """For each view the number of events that it has not folded."""
    stopped_views: Sequence[str] = ()
    warnings: Sequence[HealthProblem] = ()
    """What somebody has to mend though the node serves."""

    @property
    def is_ready(self) -> bool:
        """Whether the node can answer queries and record commands."""
        return not self.problems
