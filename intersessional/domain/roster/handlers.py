"""Handlers of the commands about nominations of co-facilitators."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import roster_id
from intersessional.domain.kernel.names import comparable_name
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_optional_name
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.consent import consent_to
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import CoFacilitator
from intersessional.domain.proposal.written_proposal import NamedCoFacilitator
from intersessional.domain.roster.commands import (
    ConfirmCoFacilitator,
    NominateCoFacilitator,
    ReplaceCoFacilitator,
)
from intersessional.domain.roster.refusals import NotNominated
from intersessional.domain.roster.roster import Roster


async def nominate_co_facilitator(command: NominateCoFacilitator, context: CommandContext) -> UUID:
    """Nominate somebody, as a proposer; the Secretariat records that they were nominated."""
    act, proposal = await _proposal(context, command.proposal)
    roster = await context.find(Roster, roster_id(proposal.id))
    if roster is None:
        roster = Roster.begin(act, proposal)
        context.add(roster)
    await _nominate(context, act, proposal, roster, command.person)
    return proposal.id


async def replace_co_facilitator(command: ReplaceCoFacilitator, context: CommandContext) -> UUID:
    """Nominate somebody in the place of another, as a proposer; the Secretariat records it."""
    act, proposal = await _proposal(context, command.proposal)
    roster = await _roster(context, proposal, command.nomination)
    by = command.derived_id
    nomination = roster.standing(command.nomination)
    await context.check_part("nomination", nomination.id, nomination.act)
    roster.replace(act, command.nomination, by=by, reason=command.reason)
    await _nominate(context, act, proposal, roster, command.person)
    return proposal.id


async def confirm_co_facilitator(command: ConfirmCoFacilitator, context: CommandContext) -> UUID:
    """Confirm one's own nomination, or record one as the Secretariat, with its source."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_MEMBER, Role.COMMENTER)
    proposal = await context.load(Proposal, command.proposal)
    proposal.check_undecided(act)
    roster = await _roster(context, proposal, command.nomination)
    nominated = roster.standing(command.nomination).person.participant_id
    await context.check_spoken_for(nominated)
    if act.actor.role in (Role.MAG_MEMBER, Role.COMMENTER):
        if nominated is None or nominated != context.caller.person:
            raise NotNominated(proposal=proposal.id, nomination=command.nomination)
    elif command.source is None and not act.provenance.sources:
        raise BadValue(field="source", problem="say where they confirmed it.")
    roster.confirm(act, command.nomination, command.source)
    return proposal.id


async def _proposal(context: CommandContext, id: UUID) -> tuple[Act, Proposal]:
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_MEMBER)
    proposal = await context.load(Proposal, id)
    await context.check_right(proposal)
    past = proposal.check_undecided(act)
    if act.actor.role is Role.MAG_MEMBER:
        consent_to(past, act)
    return act, proposal


async def _roster(context: CommandContext, proposal: Proposal, nomination: UUID) -> Roster:
    roster = await context.find(Roster, roster_id(proposal.id))
    if roster is None:
        raise NotNominated(proposal=proposal.id, nomination=nomination)
    return roster


async def _nominate(
    context: CommandContext,
    act: Act,
    proposal: Proposal,
    roster: Roster,
    person: NamedCoFacilitator,
) -> None:
    if person.participant is not None:
        named = await context.load(Participant, person.participant)
        roster.nominate(act, context.command.derived_id, CoFacilitator(None, None, named.id))
        return
    name = validated_optional_name("person.name", person.name)
    if name is None:
        raise BadValue(field="person.name", problem="give a name or a participant.")
    if comparable_name(str(name.value)) in await _names(context, proposal, roster):
        raise BadValue(field="person.name", problem="they are named already.")
    roster.nominate(act, context.command.derived_id, CoFacilitator(name, person.mag_member, None))


async def _names(context: CommandContext, proposal: Proposal, roster: Roster) -> set[str]:
    """The names that are given in the text and by nominations that stand."""
    written = () if proposal.written is None else proposal.written.co_facilitators
    people = (*written, *(one.person for one in roster.nominations if one.replaced is None))
    names = [one.name for one in people if one.name is not None]
    return {comparable_name(text) for text in (await context.reveal(names)).values()}
