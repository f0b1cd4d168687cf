"""Acts: the actor, the role, the time and the provenance that every event carries."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Erasable

SOURCES_MAX = 10
"""Places in sources that one event is taken from."""


class Role(Enum):
    """The role of an actor. All roles except SYSTEM and OPERATOR are granted in the record."""

    OPERATOR = "OPERATOR"
    """Operates the server and imports history."""
    SYSTEM = "SYSTEM"
    """The record itself: what a rule or the clock does. No person holds it."""
    SECRETARIAT = "SECRETARIAT"
    """The IGF Secretariat, a neutral rapporteur: it records and does not decide."""
    MAG_CHAIR = "MAG_CHAIR"
    """Chairs the Multistakeholder Advisory Group and announces its decisions."""
    MAG_MEMBER = "MAG_MEMBER"
    """A member of the Multistakeholder Advisory Group, who may put proposals forward."""
    FACILITATOR = "FACILITATOR"
    """Facilitates one group, to which the person was appointed."""
    COMMENTER = "COMMENTER"
    """Any registered person who has accepted the code of conduct."""


RECORD_KEEPERS = frozenset({Role.OPERATOR, Role.SYSTEM, Role.SECRETARIAT})
"""They keep the record and decide nothing: everybody else speaks for themselves or for a body."""


class Ground(Enum):
    """The reason why the record holds an event."""

    LIVE = "LIVE"
    """The actor recorded it on their own word, as it happened or later."""
    IMPORTED = "IMPORTED"
    """A source states it."""
    INFERRED = "INFERRED"
    """No source states it; it follows from events that sources state."""
    ILLUSTRATION = "ILLUSTRATION"
    """It is an example of how something works, and not a fact."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source by its key, and the place in it: a paragraph, a page or a message."""

    key: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The ground of an event, and the places in sources that it is taken from."""

    ground: Ground
    sources: tuple[Citation, ...] = ()

    @property
    def historical(self) -> bool:
        """Whether it comes from sources, which may lack what a live command needs (ADR 0007)."""
        return self.ground in (Ground.IMPORTED, Ground.INFERRED)


LIVE = Provenance(Ground.LIVE)


@dataclass(frozen=True, slots=True)
class Actor:
    """The role of an actor, and the person: in clear in an official role, else sealed."""

    role: Role
    person: UUID | Erasable | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one person: what the events of one command have in common."""

    actor: Actor
    command: UUID
    occurred: Occurred
    provenance: Provenance

    @property
    def is_own(self) -> bool:
        """Whether a person did it here, for themselves or for their body: no source tells it."""
        return self.provenance == LIVE and self.actor.role not in RECORD_KEEPERS
