"""Handler of the command about the interest of organisations."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.interest.commands import SignalInterest
from intersessional.domain.interest.interest import Interest
from intersessional.domain.kernel.act import Role
from intersessional.domain.proposal.consent import consent_to
from intersessional.domain.proposal.proposal import Proposal


async def signal_interest(command: SignalInterest, context: CommandContext) -> UUID:
    """Record the interest of an organisation, as a proposer or as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_MEMBER)
    proposal = await context.load(Proposal, command.proposal)
    await context.check_right(proposal)
    if act.actor.role is Role.MAG_MEMBER:
        consent_to(proposal.at(act.occurred), act)
    interest = Interest.signal(
        act,
        id=command.derived_id,
        proposal=proposal,
        name=command.name,
        stakeholder_group=command.stakeholder_group,
        region=command.region,
        source=command.source,
    )
    context.add(interest)
    return interest.id
