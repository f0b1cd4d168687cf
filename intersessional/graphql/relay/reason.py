"""One reason why something is as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.sealed import Sealed


class ReasonKind(Enum):
    """What a reason says of what it is a reason of."""

    ASKED = "ASKED"
    """It is what is asked about."""
    APPROVALS = "APPROVALS"
    """Groups were approved under a cap."""
    GROUP = "GROUP"
    """A group was approved."""
    PROPOSAL = "PROPOSAL"
    """A proposal asked for it."""
    MERGED = "MERGED"
    """A proposal was merged into it."""
    POLICY = "POLICY"
    """A policy sets it."""
    RULE = "RULE"
    """A rule is in force."""
    SUPERSEDED_RULE = "SUPERSEDED_RULE"
    """A rule was in force before."""
    SOURCE = "SOURCE"
    """A source lays it down."""
    DECISION = "DECISION"
    """A decision brought it about."""
    MEETING = "MEETING"
    """A meeting took or discussed it."""
    METHOD = "METHOD"
    """It was decided by a method."""
    RATIONALE = "RATIONALE"
    """Who decided gave reasons."""
    BASIS = "BASIS"
    """It rests on a decision, a document or a source."""
    ASSESSMENT = "ASSESSMENT"
    """The Secretariat had assessed the resources."""
    SUPERSEDED_BY = "SUPERSEDED_BY"
    """Another decision took its place."""
    ANNULLED_BY = "ANNULLED_BY"
    """Another decision declared it void."""
    DAYS_BEFORE = "DAYS_BEFORE"
    """A comment window opens some days before the annual meeting."""
    MEETING_DAYS = "MEETING_DAYS"
    """The annual meeting has its days."""
    CAUSE = "CAUSE"
    """An event changed it last."""
    DEVIATION = "DEVIATION"
    """It deviates from a soft rule."""
    CORRECTION = "CORRECTION"
    """A fact of it was recorded wrongly, and was corrected."""


@dataclass(frozen=True, slots=True)
class ReasonEvent:
    """An event that a reason names: by its position, or by its stream and version."""

    position: int | None = None
    stream: UUID | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason: what is named, what follows from it, and whether it is given."""

    kind: ReasonKind
    subject: UUID | None = None
    """The id of the node that it names, whose own reasons follow."""
    event: ReasonEvent | None = None
    """The event that says so; else the first one of the node."""
    facts: tuple[Fact, ...] = ()
    text: Sealed | None = None
    is_given: bool | None = None
    """Whether it is on record; None where it cannot be missing."""
    historical: bool = False
    """Whether it is told of history, from sources."""
    because: Sequence["Reason"] = ()
    """What it rests on itself."""
