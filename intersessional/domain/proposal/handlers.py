"""Handlers of the commands about proposals."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group_kind.handlers import load_kind_rules
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.meeting.handlers import meeting_in_session
from intersessional.domain.proposal.commands import (
    MootProposal,
    ReviseProposal,
    SubmitProposal,
    WithdrawProposal,
)
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_details import ProposalDetails


async def moot_proposal(command: MootProposal, context: CommandContext) -> UUID:
    """Put a proposal forward orally, as a MAG member (DOMAIN rows 10, 42)."""
    act = await context.act_as(Role.MAG_MEMBER)
    cycle = await context.load(Cycle, cycle_id(command.year))
    await _check_kind(context, act, command.group_kind)
    proposal = Proposal.put_forward(
        act, id=command.derived_id, cycle=cycle, details=_details(command), orally=True
    )
    context.add(proposal)
    if command.meeting is not None:
        meeting = await meeting_in_session(context, command.meeting, cycle.id)
        proposal.present(act, meeting.id)
    return proposal.id


async def submit_proposal(command: SubmitProposal, context: CommandContext) -> UUID:
    """Submit a mooted or new proposal, as a MAG member (DOMAIN row 42)."""
    act = await context.act_as(Role.MAG_MEMBER)
    cycle = await context.load(Cycle, cycle_id(command.year))
    details = _details(command)
    if command.proposal is None:
        await _check_kind(context, act, command.group_kind)
        proposal = Proposal.put_forward(
            act, id=command.derived_id, cycle=cycle, details=details, orally=False
        )
        context.add(proposal)
    else:
        details.check_mooted()
        proposal = await context.load(Proposal, command.proposal, command.expected_version)
    proposal.submit(act, cycle=cycle, written=command.written)
    return proposal.id


async def revise_proposal(command: ReviseProposal, context: CommandContext) -> UUID:
    """Revise a written proposal, as a MAG member, until it is decided."""
    act = await context.act_as(Role.MAG_MEMBER)
    proposal = await context.load(Proposal, command.proposal, command.expected_version)
    cycle = await context.load(Cycle, proposal.cycle_id)
    proposal.revise(act, cycle=cycle, written=command.written)
    return proposal.id


async def withdraw_proposal(command: WithdrawProposal, context: CommandContext) -> UUID:
    """Withdraw the sender's own proposal, until it is decided."""
    act = await context.act_as(Role.MAG_MEMBER)
    proposal = await context.load(Proposal, command.proposal, command.expected_version)
    proposers = await _proposers(context, proposal)
    proposal.withdraw(act, proposers=proposers, reason=command.reason)
    return proposal.id


async def _check_kind(context: CommandContext, act: Act, key: str) -> None:
    """Check that groups of a kind are proposed. Raises UnknownGroupKind, BadValue."""
    rules = await load_kind_rules(context, key, act.occurred)
    if not rules.proposed:
        raise BadValue(field="group_kind", problem="groups of this kind are not proposed.")


async def _proposers(context: CommandContext, proposal: Proposal) -> frozenset[UUID]:
    """The proposers of a proposal, or of all that it was merged from; none if not recorded."""
    if proposal.merged_from:
        sources = [await context.load(Proposal, id) for id in proposal.merged_from]
        return frozenset[UUID]().union(*[await _proposers(context, source) for source in sources])
    person = proposal.act.actor.person
    return frozenset([person] if isinstance(person, UUID) else ())


def _details(command: MootProposal | SubmitProposal) -> ProposalDetails:
    return ProposalDetails(
        title=command.title,
        group_kind=command.group_kind,
        theme=command.theme,
        is_new=command.is_new,
        year_reported=command.year_reported,
        phase=command.phase,
    )
