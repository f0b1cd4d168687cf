"""Handlers of the commands about consolidations."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.consolidation.commands import (
    ConsentToConsolidation,
    SuggestConsolidation,
)
from intersessional.domain.consolidation.consolidation import Consolidation
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.meeting.handlers import meeting_in_session
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.merger import Merger
from intersessional.domain.proposal.proposal import Proposal

_OWN = (Role.MAG_CHAIR, Role.MAG_MEMBER)
"""They suggest and consent in their own name."""


async def suggest_consolidation(command: SuggestConsolidation, context: CommandContext) -> UUID:
    """Suggest a consolidation, as a member of the MAG, or record one as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT, *_OWN)
    Merger.check_size(command.proposals)
    proposals = [await context.load(Proposal, id) for id in command.proposals]
    suggested_by = command.suggested_by
    if act.actor.role in _OWN:
        if suggested_by not in (None, context.caller.person):
            raise BadValue(field="suggested_by", problem="only the Secretariat names another one.")
        suggested_by = context.caller.person
    elif suggested_by is not None:
        await context.load(Participant, suggested_by)
    consolidation = Consolidation.suggest(
        act,
        id=command.derived_id,
        proposals=proposals,
        title=command.title,
        suggested_by=suggested_by,
        meeting_id=command.meeting,
        rationale=command.rationale,
    )
    if command.meeting is not None:
        await meeting_in_session(context, command.meeting, consolidation.cycle_id)
    context.add(consolidation)
    return consolidation.id


async def consent_to_consolidation(
    command: ConsentToConsolidation, context: CommandContext
) -> UUID:
    """Record a proposer's consent, as the proposer; or as the Secretariat, with its source."""
    act = await context.act_as(Role.MAG_MEMBER, Role.SECRETARIAT)
    consolidation = await context.load(
        Consolidation, command.consolidation, command.expected_version
    )
    proposal = await context.load(Proposal, command.proposal)
    proposer = command.proposer
    if act.actor.role is Role.MAG_MEMBER:
        if proposer not in (None, context.caller.person):
            raise BadValue(field="proposer", problem="a proposer consents in their own name.")
        proposer = context.caller.person
    elif command.source is None and not act.provenance.sources:
        raise BadValue(field="source", problem="say where the proposer gave the consent.")
    await context.check_right(proposal)
    await context.check_spoken_for(proposer)
    consolidation.consent(act, proposal, proposer_id=proposer, source=command.source)
    return consolidation.id
