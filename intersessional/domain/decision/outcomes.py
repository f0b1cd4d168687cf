"""The outcomes of a decision: each changes the aggregates that it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.consolidation.consolidation import Consolidation
from intersessional.domain.continuation_report.reports_considered import check_reports_considered
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import (
    AnyOutcome,
    Approve,
    Decline,
    Defer,
    Establish,
    Merge,
    OutcomeChoice,
    Redirect,
    Renew,
)
from intersessional.domain.decision.decision_outcome import Outcome, OutcomeKind
from intersessional.domain.group.admission import admit_group, caps_over_time
from intersessional.domain.group.facilitation import appoint
from intersessional.domain.group.group import Group
from intersessional.domain.group.proposed_group import approve_group
from intersessional.domain.group.renewal import renew
from intersessional.domain.group_kind.group_kind_rules import GroupKindRules
from intersessional.domain.group_kind.handlers import load_kind_rules
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.ids import outcome_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.participant.participant import Participant
from intersessional.domain.policy.commands import SetPolicy
from intersessional.domain.policy.handlers import set_policy
from intersessional.domain.policy.policy import PolicyBasis
from intersessional.domain.proposal.merger import Merger
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_decision import ProposalDecision, check_decidable
from intersessional.domain.roster.standing import standing_co_facilitators
from intersessional.domain.rule.core_rules import MERGER_AGREED
from intersessional.domain.theme.handlers import find_or_register_theme


@dataclass(frozen=True, kw_only=True)
class OutcomeHandler:
    """Applies one outcome of a decision, the ``place``-th from 1."""

    decision_id: UUID
    place: int
    cycle: Cycle
    act: Act
    context: CommandContext

    async def apply(self, choice: OutcomeChoice) -> Outcome:
        """Change what the outcome names. Raises what the aggregates raise, and BadValue."""
        path = f"outcomes.{self.place - 1}"
        match list(choice.chosen.items()):
            case [(name, chosen)]:
                try:
                    return await self._apply(chosen)
                except BadValue as refused:
                    raise refused.within(f"{path}.{name}") from None
            case _:
                raise BadValue(field=path, problem="give exactly one outcome.")

    async def _apply(self, chosen: AnyOutcome) -> Outcome:
        match chosen:
            case SetPolicy():
                return await self._set_policy(chosen)
            case Approve():
                return await self._approve(chosen)
            case Merge():
                return await self._merge(chosen)
            case Establish():
                return await self._establish(chosen)
            case Renew():
                return await self._renew(chosen)
            case Decline() | Defer() | Redirect():
                return await self._put_aside(chosen)

    async def _set_policy(self, chosen: SetPolicy) -> Outcome:
        basis = PolicyBasis(decision_id=self.decision_id)
        policy = await set_policy(self.context, self.act, self.cycle, chosen, basis)
        return Outcome(OutcomeKind.POLICY_SET, policy.id)

    async def _approve(self, chosen: Approve) -> Outcome:
        """Approve the proposal and establish its group, within the cap (DOMAIN rows 7, 8, 43)."""
        proposal = await self._proposal(chosen.proposal)
        await check_reports_considered(self.context, self.act, self.cycle, proposal)
        named, members = await standing_co_facilitators(self.context, proposal, self.act)
        self._decision.approve(
            proposal, group_id=self._new_id, co_facilitators=named, mag_members=members
        )
        rules = await self._kind_rules(proposal.group_kind)
        caps = await caps_over_time(self.context, self.cycle, rules)
        self.cycle.check_cap(self.act, rules.capped_by, caps)
        group = Group.establish_from(
            self.act,
            proposal=proposal,
            id=self._new_id,
            name=chosen.group_name,
            decision_id=self.decision_id,
        )
        self.context.add(group)
        await self._admit(group, rules, proposal.id)
        if proposal.theme is not None and not self.cycle.is_illustration:
            theme = await find_or_register_theme(proposal.theme, self.context, self.act)
            theme.take_up(
                self.act,
                cycle_id=self.cycle.id,
                year=self.cycle.year,
                group_id=group.id,
                decision_id=self.decision_id,
            )
        return Outcome(OutcomeKind.PROPOSAL_APPROVED, proposal.id)

    async def _put_aside(self, chosen: Decline | Defer | Redirect) -> Outcome:
        proposal = await self._proposal(chosen.proposal)
        match chosen:
            case Decline():
                self._decision.decline(proposal)
                return Outcome(OutcomeKind.PROPOSAL_DECLINED, proposal.id)
            case Defer():
                self._decision.defer(proposal)
                return Outcome(OutcomeKind.PROPOSAL_DEFERRED, proposal.id)
            case Redirect():
                if chosen.body is not None:
                    await self.context.load(Aggregate, chosen.body)
                self._decision.redirect(
                    proposal, to=chosen.to, body_id=chosen.body, body_name=chosen.body_name
                )
                return Outcome(OutcomeKind.PROPOSAL_REDIRECTED, proposal.id)

    async def _merge(self, chosen: Merge) -> Outcome:
        """Merge several proposals into one, which counts once under the cap (DOMAIN row 13)."""
        Merger.check_size(chosen.proposals)
        sources = [
            await self._proposal(id, f"proposals.{n}") for n, id in enumerate(chosen.proposals)
        ]
        merger = Merger(cycle=self.cycle, sources=sources, title=chosen.title, theme=chosen.theme)
        merged = merger.put_forward(self.act, self._new_id)
        self.context.add(merged)
        agreed = await self._agreed(chosen, sources, merged.id)
        for source in sources:
            self._decision.merge(source, into=merged.id, proposers_agreed=agreed)
        if not agreed:
            self.context.deviate(
                MERGER_AGREED,
                self.act,
                subject=merged.id,
                cycle_id=self.cycle.id,
                facts={"agreed": agreed, "merged": [one.id for one in sources]},
            )
        return Outcome(OutcomeKind.PROPOSAL_MERGED, merged.id)

    async def _agreed(self, chosen: Merge, sources: Sequence[Proposal], into: UUID) -> bool | None:
        """Whether the proposers agreed: by their consents, where a consolidation was suggested."""
        if chosen.consolidation is None:
            return chosen.proposers_agreed
        suggested = await self.context.load(Consolidation, chosen.consolidation)
        return suggested.carry_out(
            self.act, decision_id=self.decision_id, sources=sources, into=into
        )

    async def _establish(self, chosen: Establish) -> Outcome:
        rules = await self._kind_rules(chosen.kind)
        rules.check_unproposed()
        if chosen.outside_cycles and rules.capped_by is not None:
            problem = "groups of this kind count under a cap in their cycle."
            raise BadValue(field="outside_cycles", problem=problem)
        group = await self._established(chosen)
        if not chosen.outside_cycles:
            await self._admit(group, rules)
        await self._appoint(group, chosen.facilitators)
        return Outcome(OutcomeKind.GROUP_ESTABLISHED, group.id)

    async def _established(self, chosen: Establish) -> Group:
        """The group that was proposed, or a new one."""
        cycle = None if chosen.outside_cycles else self.cycle
        if chosen.proposed is not None:
            group = await self.context.load(Group, chosen.proposed)
            approve_group(
                group,
                self.act,
                cycle=cycle,
                kind=chosen.kind,
                name=chosen.name,
                decision_id=self.decision_id,
            )
            return group
        group = Group.establish(
            self.act,
            id=self._new_id,
            cycle=cycle,
            kind=chosen.kind,
            name=chosen.name,
            decision_id=self.decision_id,
        )
        self.context.add(group)
        return group

    async def _renew(self, chosen: Renew) -> Outcome:
        group = await self.context.load(Group, chosen.group)
        rules = await self._kind_rules(group.kind)
        if rules.proposed:
            raise BadValue(field="group", problem="it comes from a proposal: approve one.")
        renew(group, self.act, cycle=self.cycle, decision_id=self.decision_id)
        await self._admit(group, rules)
        await self._appoint(group, chosen.facilitators)
        return Outcome(OutcomeKind.GROUP_RENEWED, group.id)

    async def _appoint(self, group: Group, facilitators: Sequence[UUID]) -> None:
        for id in facilitators:
            participant = await self.context.load(Participant, id)
            appoint(group, self.act, participant, decision_id=self.decision_id)

    async def _admit(
        self, group: Group, rules: GroupKindRules, proposal_id: UUID | None = None
    ) -> None:
        await admit_group(
            self.context,
            self.act,
            self.cycle,
            group,
            rules,
            decision_id=self.decision_id,
            proposal_id=proposal_id,
        )

    @property
    def _decision(self) -> ProposalDecision:
        return ProposalDecision(act=self.act, decision_id=self.decision_id)

    @property
    def _new_id(self) -> UUID:
        return outcome_id(self.context.command.command_id, self.place)

    async def _proposal(self, id: UUID, field: str = "proposal") -> Proposal:
        """A proposal of this cycle, named by a field of the outcome."""
        proposal = await self.context.load(Proposal, id)
        check_decidable(proposal, self.act, self.cycle, field)
        return proposal

    async def _kind_rules(self, kind: str) -> GroupKindRules:
        return await load_kind_rules(self.context, kind, self.act.occurred)
