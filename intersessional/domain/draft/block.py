"""The blocks that a draft output is made of."""

from dataclasses import dataclass
from enum import Enum

from intersessional.domain.kernel.sealed import Erasable


class OutputElement(Enum):
    """The suggested elements of an output (DOMAIN rows 29 and 31, A4)."""

    DEFINITION_OF_ISSUES = "DEFINITION_OF_ISSUES"
    """The definition of the issues."""
    REGIONAL_SPECIFICITIES = "REGIONAL_SPECIFICITIES"
    """Differences between regions."""
    POLICY_MEASURES_INITIATIVES_IMPEDIMENTS = "POLICY_MEASURES_INITIATIVES_IMPEDIMENTS"
    """Policy measures, initiatives and impediments."""
    WHAT_WORKED_EFFECTIVE_PRACTICES = "WHAT_WORKED_EFFECTIVE_PRACTICES"
    """Practices that have worked."""
    UNINTENDED_CONSEQUENCES = "UNINTENDED_CONSEQUENCES"
    """Unintended consequences."""
    UNRESOLVED_ISSUES = "UNRESOLVED_ISSUES"
    """Issues that remain unresolved."""
    INSIGHTS = "INSIGHTS"
    """Insights gained."""
    PROPOSED_STEPS = "PROPOSED_STEPS"
    """Steps proposed for further work."""
    CARRY_FORWARD = "CARRY_FORWARD"
    """Whether to continue in the next year, and in which new areas."""


@dataclass(frozen=True)
class Block:
    """A paragraph of a draft: its id stays, its number is per revision."""

    id: str
    text: Erasable
    element: OutputElement | None


@dataclass(frozen=True, kw_only=True)
class WrittenBlock:
    """A paragraph of a new revision: one of the last revision, by its id, or a new one."""

    text: str
    """The text; at most 20,000 bytes in UTF-8."""
    id: str | None = None
    """The id in the last revision; null for a new paragraph."""
    element: OutputElement | None = None
    """The element of the suggested structure."""
