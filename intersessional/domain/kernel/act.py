"""Who did something, in which role, when, and on what evidence: the envelope of every event."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed


class Role(Enum):
    """In what capacity someone acts. Every role but the operator's comes from the record."""

    OPERATOR = "OPERATOR"
    """Runs the programme, and imports history."""
    SECRETARIAT = "SECRETARIAT"
    """The IGF Secretariat: records, as a neutral rapporteur, and decides nothing."""
    MAG_CHAIR = "MAG_CHAIR"
    """Chairs the Multistakeholder Advisory Group and announces its decisions."""
    MAG_MEMBER = "MAG_MEMBER"
    """A member of the Multistakeholder Advisory Group: proposes."""
    FACILITATOR = "FACILITATOR"
    """Stewards a group: appointed to it, and held for it alone."""
    COMMENTER = "COMMENTER"
    """Anyone who registered and accepted the code of conduct."""


class Ground(Enum):
    """Why the record holds an event."""

    LIVE = "LIVE"
    """It was told by who did it, as it happened."""
    IMPORTED = "IMPORTED"
    """A source tells it."""
    INFERRED = "INFERRED"
    """No source tells it, but others that do only make sense with it."""
    ILLUSTRATION = "ILLUSTRATION"
    """It shows how something works, and counts among no facts."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """On what ground an event stands, and the keys of the sources that tell it."""

    ground: Ground
    sources: tuple[str, ...] = ()

    @property
    def historical(self) -> bool:
        """Whether it is told from sources, which may lack what must be told live (ADR 0007)."""
        return self.ground in (Ground.IMPORTED, Ground.INFERRED)


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
