"""Handler of the command about deliberations."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.deliberation.commands import OpenDeliberation
from intersessional.domain.deliberation.deliberation import Deliberation
from intersessional.domain.kernel.act import Role
from intersessional.domain.meeting.handlers import meeting_in_session
from intersessional.domain.proposal.proposal import Proposal


async def open_deliberation(command: OpenDeliberation, context: CommandContext) -> UUID:
    """Open the deliberation on a proposal, as the Chair or the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    proposal = await context.load(Proposal, command.proposal)
    if command.meeting is not None:
        await meeting_in_session(context, command.meeting, proposal.cycle_id)
    deliberation = Deliberation.open(
        act,
        id=command.derived_id,
        proposal=proposal,
        channel=command.channel,
        meeting_id=command.meeting,
        source=command.source,
    )
    context.add(deliberation)
    return deliberation.id
