"""Who did something, in which role, when, and on what evidence: the envelope of every event."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from intersessional.domain.occurred import Occurred
from intersessional.domain.sealed import Sealed


class Role(Enum):
    """In what capacity someone acts. Every role but the operator's comes from the record."""

    OPERATOR = "OPERATOR"
    SECRETARIAT = "SECRETARIAT"
    MAG_CHAIR = "MAG_CHAIR"
    MAG_MEMBER = "MAG_MEMBER"
    FACILITATOR = "FACILITATOR"
    COMMENTER = "COMMENTER"


class Ground(Enum):
    """Why the record holds an event."""

    LIVE = "LIVE"
    IMPORTED = "IMPORTED"
    INFERRED = "INFERRED"
    ILLUSTRATION = "ILLUSTRATION"


@dataclass(frozen=True, slots=True)
class Provenance:
    """On what ground an event stands, and the keys of the sources that tell it."""

    ground: Ground
    sources: tuple[str, ...] = ()


LIVE = Provenance(Ground.LIVE)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the role in clear; the person in clear only when acting in an official role."""

    role: Role
    person: UUID | Sealed | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one person: everything its events have in common."""

    actor: Actor
    command: UUID
    occurred: Occurred
    provenance: Provenance
