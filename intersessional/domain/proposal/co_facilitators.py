"""The co-facilitators of a proposal who are members of the MAG by the record."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.proposal import Proposal


async def mag_members_among(
    context: CommandContext, people: Iterable[UUID], act: Act
) -> Sequence[UUID]:
    """Those of the participants who held the role for a fact of this act. Raises NotFound."""
    loaded = [await context.load(Participant, id) for id in people]
    return [one.id for one in loaded if one.held(Role.MAG_MEMBER, act)]


async def mag_co_facilitators(context: CommandContext, proposal: Proposal) -> Sequence[UUID]:
    """The co-facilitators of its last revision who were members of the MAG at its own time."""
    if proposal.written is None:
        return ()
    people = [one.participant_id for one in proposal.written.co_facilitators]
    return await mag_members_among(
        context, [one for one in people if one is not None], proposal.written.act
    )
