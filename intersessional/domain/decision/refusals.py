"""What is refused about decisions."""

from dataclasses import dataclass
from typing import ClassVar

from intersessional.domain.kernel.refusals import Refused


@dataclass(eq=False, kw_only=True)
class RationaleRequired(Refused):
    """A selection or a superseded policy is explained (DOMAIN rows 8, 34)."""

    code: ClassVar[str] = "RATIONALE_REQUIRED"

    def __str__(self) -> str:
        return "A decision that selects proposals or supersedes a policy gives its rationale."


@dataclass(eq=False, kw_only=True)
class AssessmentRequired(Refused):
    """A selection rests on the Secretariat's assessment of resources (DOMAIN row 34)."""

    code: ClassVar[str] = "ASSESSMENT_REQUIRED"
    assessments: int
    """How many assessments the cycle has."""

    def __str__(self) -> str:
        return (
            "A selection names the Secretariat's assessment of resources; "
            f"this cycle has {self.assessments}."
        )


@dataclass(eq=False, kw_only=True)
class MeetingRequired(Refused):
    """The MAG decides at a meeting of the cycle, or on its list (DOMAIN row 1)."""

    code: ClassVar[str] = "MEETING_REQUIRED"

    def __str__(self) -> str:
        return "A decision is taken at a meeting of the cycle, or on the list."
