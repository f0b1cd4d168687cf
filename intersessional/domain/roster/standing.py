"""The co-facilitators on whom a decision on a proposal rests (DOMAIN row 43)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.ids import roster_id
from intersessional.domain.proposal.co_facilitators import mag_co_facilitators, mag_members_among
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import CoFacilitator
from intersessional.domain.roster.nomination import standing_in_writing
from intersessional.domain.roster.roster import Roster


async def standing_co_facilitators(
    context: CommandContext, proposal: Proposal, act: Act
) -> tuple[Sequence[CoFacilitator], Collection[UUID]]:
    """Those named in writing or nominated by the time of an act, and the MAG members among them.

    Each is a member by the record of the time at which they were named.
    """
    past = proposal.at(act.occurred)
    members = {*await mag_co_facilitators(context, past)}
    roster = await context.find(Roster, roster_id(proposal.id))
    nominations = () if roster is None else roster.at(act.occurred).nominations
    standing = [one for one in nominations if one.replaced is None]
    for one in standing:
        if one.person.participant_id is not None:
            people = (one.person.participant_id,)
            members |= {*await mag_members_among(context, people, one.act)}
    written = past.written
    named = (
        standing_in_writing(written.co_facilitators, written.act.occurred, nominations)
        if written
        else ()
    )
    return (*named, *(one.person for one in standing)), members
