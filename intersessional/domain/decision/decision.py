"""A decision of the MAG: recorded once with everything it brought about, never edited."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from intersessional.domain.sealed import Sealed
from intersessional.domain.subject import First, Subject


class DecisionKind(Enum):
    """What a decision is about; one decision can be of several kinds."""

    POLICY = "POLICY"
    SELECTION = "SELECTION"
    GROUPS = "GROUPS"
    PROCEDURE = "PROCEDURE"


class DecisionMethod(Enum):
    """How the MAG came to a decision (DOMAIN row 48)."""

    ROUGH_CONSENSUS = "ROUGH_CONSENSUS"
    NO_OBJECTION = "NO_OBJECTION"
    VOTE = "VOTE"
    ON_LIST = "ON_LIST"


class OutcomeKind(Enum):
    """What one decision did to one subject."""

    POLICY_ADOPTED = "POLICY_ADOPTED"
    POLICY_SUPERSEDED = "POLICY_SUPERSEDED"
    PROPOSAL_APPROVED = "PROPOSAL_APPROVED"
    PROPOSAL_DECLINED = "PROPOSAL_DECLINED"
    PROPOSAL_DEFERRED = "PROPOSAL_DEFERRED"
    PROPOSAL_REDIRECTED = "PROPOSAL_REDIRECTED"
    PROPOSAL_MERGED = "PROPOSAL_MERGED"
    GROUP_ESTABLISHED = "GROUP_ESTABLISHED"


@dataclass(frozen=True)
class Outcome:
    """One thing that a decision brought about, to one subject."""

    kind: OutcomeKind
    subject: UUID


class Decision(Subject):
    """A decision of the MAG."""

    TOPIC = "decision"

    cycle_id: UUID

    class Recorded(First):
        """The MAG decided something; everything it brought about was recorded with it."""

        TOPIC = "decision.recorded.v1"
        cycle_id: UUID
        year: int
        kinds: tuple[DecisionKind, ...]
        meeting_id: UUID | None
        method: DecisionMethod | None
        announced_by: UUID | None
        statement: Sealed
        rationale: Sealed | None
        assessment_id: UUID | None
        objections: int | None
        outcomes: tuple[Outcome, ...]
