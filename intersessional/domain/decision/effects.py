"""What each outcome of a decision does to the record."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle, GroupKind
from intersessional.domain.decision.commands import (
    Approve,
    Decline,
    Defer,
    Establish,
    Merge,
    Redirect,
    SetPolicy,
)
from intersessional.domain.decision.decision import Outcome, OutcomeKind
from intersessional.domain.decision.refusals import CapExceeded
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.ids import outcome_id, policy_id
from intersessional.domain.kernel.numbers import bounded_int
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import name, validated_slug
from intersessional.domain.policy.policy import Policy, PolicyKey
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.refusals import ProposalFrozen
from intersessional.domain.proposal.writing import check_co_facilitators
from intersessional.domain.theme.handlers import name_theme
from intersessional.domain.theme.theme import Theme

_MERGED_MAX = 20


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A decision in the making: what all of its outcomes share."""

    id: UUID
    cycle: Cycle
    act: Act
    rationale: Sealed | None
    context: CommandContext

    @property
    def historical(self) -> bool:
        """Whether it is told from sources, which may lack what a live decision must give."""
        return self.act.provenance.historical

    async def undecided(self, id: UUID, field: str = "proposal") -> Proposal:
        """A proposal of this cycle that can still be decided, named by a field of an outcome."""
        proposal = await self.context.load(Proposal, id)
        if proposal.cycle_id != self.cycle.id:
            raise BadValue(field=field, problem="it belongs to another cycle.")
        if proposal.decided:
            raise ProposalFrozen(proposal=id, state=proposal.state)
        return proposal


async def set_policy(ruling: Ruling, outcome: SetPolicy) -> Outcome:
    """Adopt the policy, or supersede the one in force."""
    bounded_int("value", outcome.value, 0, outcome.key.value_max)
    id = policy_id(ruling.cycle.year, outcome.key.value)
    policy = await ruling.context.find(Policy, id)
    data: dict[str, Any] = {
        "cycle_id": ruling.cycle.id,
        "year": ruling.cycle.year,
        "key": outcome.key,
        "value": outcome.value,
        "decision_id": ruling.id,
        "rationale": ruling.rationale,
    }
    if policy is None:
        ruling.context.add(Policy.begin(Policy.Adopted, id=id, act=ruling.act, **data))
        return Outcome(OutcomeKind.POLICY_ADOPTED, id)
    policy.record(Policy.Superseded, act=ruling.act, **data)
    return Outcome(OutcomeKind.POLICY_SUPERSEDED, id)


async def approve(ruling: Ruling, outcome: Approve, place: int) -> Outcome:
    """Approve the proposal and establish its group, within the cap (DOMAIN rows 8, 43)."""
    proposal = await ruling.undecided(outcome.proposal)
    if not ruling.historical:
        check_co_facilitators(proposal.co_facilitators, proposal.mag_co_facilitators)
    if proposal.group_kind is GroupKind.BPF:
        await _check_cap(ruling)
    group_name = name("groupName", outcome.group_name)
    id = outcome_id(ruling.act.command, place)
    proposal.record(Proposal.Approved, act=ruling.act, decision_id=ruling.id, group_id=id)
    _establish(ruling, id, proposal.group_kind, group_name, proposal)
    if proposal.theme is not None and not ruling.cycle.illustrates:
        theme = await name_theme(proposal.theme, ruling.context, ruling.act)
        theme.record(
            Theme.WorkedOn,
            act=ruling.act,
            year=ruling.cycle.year,
            title=group_name,
            group_id=id,
        )
    return Outcome(OutcomeKind.PROPOSAL_APPROVED, proposal.id)


async def decline(ruling: Ruling, outcome: Decline) -> Outcome:
    """Decline the proposal."""
    proposal = await ruling.undecided(outcome.proposal)
    proposal.record(Proposal.Declined, act=ruling.act, decision_id=ruling.id)
    return Outcome(OutcomeKind.PROPOSAL_DECLINED, proposal.id)


async def defer(ruling: Ruling, outcome: Defer) -> Outcome:
    """Put the decision off."""
    proposal = await ruling.undecided(outcome.proposal)
    proposal.record(Proposal.Deferred, act=ruling.act, decision_id=ruling.id)
    return Outcome(OutcomeKind.PROPOSAL_DEFERRED, proposal.id)


async def redirect(ruling: Ruling, outcome: Redirect) -> Outcome:
    """Point the proposal to another format; it is no group of this cycle (DOMAIN row 12)."""
    proposal = await ruling.undecided(outcome.proposal)
    proposal.record(Proposal.Redirected, act=ruling.act, decision_id=ruling.id, to=outcome.to)
    return Outcome(OutcomeKind.PROPOSAL_REDIRECTED, proposal.id)


async def merge(ruling: Ruling, outcome: Merge, place: int) -> Outcome:
    """Make one proposal out of several, which takes one place under the cap (DOMAIN row 13)."""
    if not 2 <= len(outcome.proposals) <= _MERGED_MAX:
        raise BadValue(field="proposals", problem=f"name 2 to {_MERGED_MAX}.")
    sources = [
        await ruling.undecided(id, f"proposals.{n}") for n, id in enumerate(outcome.proposals)
    ]
    if len({source.group_kind for source in sources}) > 1:
        raise BadValue(field="proposals", problem="they are for groups of different kinds.")
    merged = Proposal.begin(
        Proposal.PutForward,
        id=outcome_id(ruling.act.command, place),
        act=ruling.act,
        cycle_id=ruling.cycle.id,
        year=ruling.cycle.year,
        group_kind=sources[0].group_kind,
        theme=None if outcome.theme is None else validated_slug("theme", outcome.theme),
        title=name("title", outcome.title),
        is_new=all(source.is_new for source in sources),
        year_reported=None,
        phase=None,
        orally=True,
        merged_from=outcome.proposals,
    )
    ruling.context.add(merged)
    for source in sources:
        source.record(
            Proposal.Merged,
            act=ruling.act,
            decision_id=ruling.id,
            into=merged.id,
            proposers_agreed=outcome.proposers_agreed,
        )
    return Outcome(OutcomeKind.PROPOSAL_MERGED, merged.id)


async def establish(ruling: Ruling, outcome: Establish, place: int) -> Outcome:
    """Establish a group that needs no proposal."""
    if outcome.kind in (GroupKind.BPF, GroupKind.CENB):
        raise BadValue(field="kind", problem="it comes from a proposal: approve one.")
    id = outcome_id(ruling.act.command, place)
    _establish(ruling, id, outcome.kind, name("name", outcome.name), None)
    return Outcome(OutcomeKind.GROUP_ESTABLISHED, id)


async def _check_cap(ruling: Ruling) -> None:
    cap = await ruling.context.find(Policy, policy_id(ruling.cycle.year, PolicyKey.BPF_CAP.value))
    approved = ruling.cycle.admitted(GroupKind.BPF)
    if cap is not None and approved >= cap.value:
        raise CapExceeded(cap=cap.value, approved=approved)


def _establish(
    ruling: Ruling, id: UUID, kind: GroupKind, named: Sealed, proposal: Proposal | None
) -> None:
    group = Group.begin(
        Group.Established,
        id=id,
        act=ruling.act,
        cycle_id=ruling.cycle.id,
        year=ruling.cycle.year,
        kind=kind,
        name=named,
        decision_id=ruling.id,
        proposal_id=None if proposal is None else proposal.id,
        merged_from=() if proposal is None else proposal.merged_from,
    )
    ruling.context.add(group)
    ruling.cycle.record(Cycle.GroupAdmitted, act=ruling.act, group_id=id, kind=kind)
