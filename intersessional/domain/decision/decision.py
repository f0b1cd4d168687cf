"""A decision of the MAG: recorded once with everything it brought about, never edited."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.sealed import Sealed


class DecisionKind(Enum):
    """What a decision is about; one decision can be of several kinds."""

    POLICY = "POLICY"
    """It adopts or supersedes a policy."""
    SELECTION = "SELECTION"
    """It selects among proposals."""
    GROUPS = "GROUPS"
    """It establishes groups that need no proposal."""
    PROCEDURE = "PROCEDURE"
    """It brings nothing else about."""


class DecisionMethod(Enum):
    """How the MAG came to a decision (DOMAIN row 48)."""

    ROUGH_CONSENSUS = "ROUGH_CONSENSUS"
    """By rough consensus."""
    NO_OBJECTION = "NO_OBJECTION"
    """Nobody objected when asked."""
    VOTE = "VOTE"
    """By a vote."""


class OutcomeKind(Enum):
    """What one decision did to one subject."""

    POLICY_ADOPTED = "POLICY_ADOPTED"
    """The policy became the rule."""
    POLICY_SUPERSEDED = "POLICY_SUPERSEDED"
    """The policy took the place of the rule before it."""
    PROPOSAL_APPROVED = "PROPOSAL_APPROVED"
    """The proposal was approved, and its group established."""
    PROPOSAL_DECLINED = "PROPOSAL_DECLINED"
    """The proposal was declined."""
    PROPOSAL_DEFERRED = "PROPOSAL_DEFERRED"
    """The decision on the proposal was put off."""
    PROPOSAL_REDIRECTED = "PROPOSAL_REDIRECTED"
    """The proposal was pointed to another format."""
    PROPOSAL_MERGED = "PROPOSAL_MERGED"
    """The proposal was made out of others."""
    GROUP_ESTABLISHED = "GROUP_ESTABLISHED"
    """The group was established without a proposal."""


@dataclass(frozen=True)
class Outcome:
    """One thing that a decision brought about, to one subject."""

    kind: OutcomeKind
    subject: UUID


class Decision(Aggregate):
    """A decision of the MAG."""

    TOPIC = "decision"

    cycle_id: UUID

    class Recorded(CreatedEvent):
        """The MAG decided something; everything it brought about was recorded with it."""

        TOPIC = "decision.recorded.v1"
        cycle_id: UUID
        year: int
        kinds: tuple[DecisionKind, ...]
        meeting_id: UUID | None
        on_list: bool
        method: DecisionMethod | None
        announced_by: UUID | None
        statement: Sealed
        rationale: Sealed | None
        assessment_id: UUID | None
        objections: int | None
        outcomes: tuple[Outcome, ...]
