"""Commands about decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.policy.commands import SetPolicy
from intersessional.domain.proposal.redirect_target import RedirectTarget

OUTCOMES_MAX = 50
"""Outcomes of one decision."""


@dataclass(frozen=True, kw_only=True)
class Approve:
    """Approve a proposal and establish its group under this name."""

    proposal: UUID
    """The proposal, by its id."""
    group_name: str
    """The name of its group; at most 300 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class Decline:
    """Decline a proposal."""

    proposal: UUID
    """The proposal, by its id."""


@dataclass(frozen=True, kw_only=True)
class Defer:
    """Postpone the decision on a proposal."""

    proposal: UUID
    """The proposal, by its id."""


@dataclass(frozen=True, kw_only=True)
class Redirect:
    """Redirect a proposal to another format (DOMAIN row 12)."""

    proposal: UUID
    """The proposal, by its id."""
    to: RedirectTarget
    """The format to which it is redirected."""
    body: UUID | None = None
    """The body to which it went, by its id, where the record has it."""
    body_name: str | None = None
    """The name of the body to which it went; at most 300 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class Merge:
    """Merge two or more proposals into one (DOMAIN row 13)."""

    proposals: tuple[UUID, ...]
    """The proposals, by their ids."""
    title: str
    """The title of the new proposal; at most 300 bytes in UTF-8."""
    theme: str | None = None
    """The key of the theme that it takes up, if it takes up one."""
    proposers_agreed: bool | None = None
    """Whether the proposers agreed; null if the sources do not state it."""
    consolidation: UUID | None = None
    """The consolidation that was suggested, by its id: the consents to it say who agreed."""


@dataclass(frozen=True, kw_only=True)
class Establish:
    """Establish a group that needs no proposal, such as a working group."""

    kind: str
    """The key of the kind of group."""
    name: str
    """Its name; at most 300 bytes in UTF-8."""
    outside_cycles: bool = False
    """Whether it stands outside the cycles, as a dynamic coalition does."""
    proposed: UUID | None = None
    """The group, by its id, if it was proposed."""
    facilitators: tuple[UUID, ...] = ()
    """Its facilitators from its beginning, by their participant ids."""


@dataclass(frozen=True, kw_only=True)
class Renew:
    """Renew a group that needs no proposal for this cycle (DOMAIN row 15)."""

    group: UUID
    """The group, by its id."""
    facilitators: tuple[UUID, ...] = ()
    """Further facilitators of the group from then on, by their participant ids."""


AnyOutcome = SetPolicy | Approve | Decline | Defer | Redirect | Merge | Establish | Renew
"""An outcome that a decision can have."""


@dataclass(frozen=True, kw_only=True)
class OutcomeChoice:
    """One outcome of the decision: exactly one of these fields."""

    set_policy: SetPolicy | None = None
    """Set a policy."""
    approve: Approve | None = None
    """Approve a proposal."""
    decline: Decline | None = None
    """Decline a proposal."""
    defer: Defer | None = None
    """Postpone the decision on a proposal."""
    redirect: Redirect | None = None
    """Redirect a proposal to another format."""
    merge: Merge | None = None
    """Merge several proposals into one."""
    establish: Establish | None = None
    """Establish a group that needs no proposal."""
    renew: Renew | None = None
    """Renew a group for this cycle."""

    @property
    def chosen(self) -> Mapping[str, AnyOutcome]:
        """The outcomes that are given, by their fields; a valid choice has exactly one."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    @property
    def concerns(self) -> Sequence[UUID | str]:
        """The subjects that it changes: proposals and groups by their ids, a policy by its key."""
        match list(self.chosen.values()):
            case [SetPolicy(key=key)]:
                return [key]
            case [Merge(proposals=proposals)]:
                return proposals
            case [Renew(group=group) | Establish(proposed=UUID() as group)]:
                return [group]
            case [
                Approve(proposal=proposal)
                | Decline(proposal=proposal)
                | Defer(proposal=proposal)
                | Redirect(proposal=proposal)
            ]:
                return [proposal]
            case _:
                return []


@dataclass(frozen=True, kw_only=True)
class RecordDecision(Command):
    """Record a decision of the MAG with all its outcomes, as one atomic act.

    The MAG decides and the Secretariat records: ``announced_by`` held the role of chair then.
    The ``expected_version`` is that of the cycle.
    """

    TOPIC = "decision.record"

    year: int
    """The year of the cycle."""
    statement: str
    """The decision in words; at most 20,000 bytes in UTF-8."""
    meeting: UUID | None = None
    """The meeting at which it was taken, by its id; none when it was taken on the list."""
    on_list: bool | None = None
    """Whether it was taken on the mailing list, not at a meeting; null if no source states it."""
    method: DecisionMethod | None = None
    """The method of the decision."""
    announced_by: UUID | None = None
    """The chair who announced it, by their participant id."""
    rationale: str | None = None
    """The reasons; required for a selection and for a policy. At most 20,000 bytes in UTF-8."""
    assessment: UUID | None = None
    """The assessment of resources that a selection is based on, by its id."""
    objections: int | None = None
    """The number of objections."""
    outcomes: tuple[OutcomeChoice, ...] = ()
    """Its outcomes, in order."""
    basis: tuple[UUID, ...] = ()
    """The decisions, documents and sources that it rests on, by their ids."""


def check_outcomes(outcomes: Sequence[OutcomeChoice]) -> None:
    """Check that no two outcomes change the same subject, so that none undoes another.

    Raises BadValue.
    """
    if len(outcomes) > OUTCOMES_MAX:
        raise BadValue(field="outcomes", problem=f"at most {OUTCOMES_MAX}.")
    subjects = [subject for outcome in outcomes for subject in outcome.concerns]
    if len(set(subjects)) < len(subjects):
        raise BadValue(field="outcomes", problem="two of them change the same subject.")
