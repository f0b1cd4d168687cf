"""What can be asked of the record about decisions."""

from dataclasses import dataclass, fields
from uuid import UUID

from intersessional.domain.command import Command
from intersessional.domain.cycle.cycle import GroupKind
from intersessional.domain.decision.decision import DecisionMethod
from intersessional.domain.policy.policy import PolicyKey
from intersessional.domain.proposal.proposal import RedirectTarget


@dataclass(frozen=True, kw_only=True)
class SetPolicy:
    """Adopt a policy, or supersede the one in force."""

    key: PolicyKey
    value: int


@dataclass(frozen=True, kw_only=True)
class Approve:
    """Approve a proposal and establish its group under this name."""

    proposal: UUID
    group_name: str


@dataclass(frozen=True, kw_only=True)
class Decline:
    """Decline a proposal."""

    proposal: UUID


@dataclass(frozen=True, kw_only=True)
class Defer:
    """Put the decision on a proposal off."""

    proposal: UUID


@dataclass(frozen=True, kw_only=True)
class Redirect:
    """Point a proposal to another format (DOMAIN row 12)."""

    proposal: UUID
    to: RedirectTarget


@dataclass(frozen=True, kw_only=True)
class Merge:
    """Make one proposal out of two or more (DOMAIN row 13)."""

    proposals: tuple[UUID, ...]
    title: str
    theme: str | None = None


@dataclass(frozen=True, kw_only=True)
class Establish:
    """Establish a group that needs no proposal: a working group or one like it."""

    kind: GroupKind
    name: str


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """One thing that the decision brings about: exactly one of these."""

    set_policy: SetPolicy | None = None
    approve: Approve | None = None
    decline: Decline | None = None
    defer: Defer | None = None
    redirect: Redirect | None = None
    merge: Merge | None = None
    establish: Establish | None = None

    @property
    def given(self) -> list[object]:
        """The ones that are given; a command in order has exactly one."""
        values = [getattr(self, field.name) for field in fields(self)]
        return [value for value in values if value is not None]


@dataclass(frozen=True, kw_only=True)
class RecordDecision(Command):
    """Record what the MAG decided, with everything it brings about, as one atomic act.

    The MAG decides and the Secretariat records: ``announced_by`` held the chair at that instant.
    """

    year: int
    statement: str
    meeting: UUID | None = None
    method: DecisionMethod | None = None
    announced_by: UUID | None = None
    rationale: str | None = None
    assessment: UUID | None = None
    objections: int | None = None
    outcomes: tuple[Outcomes, ...] = ()
