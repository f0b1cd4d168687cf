"""Handlers of the commands about offers of volunteers."""

from uuid import UUID

from intersessional.domain.call.call import VOLUNTEERS, Call
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.stewardship import active_group
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Participant
from intersessional.domain.volunteer_offer.commands import (
    OfferToVolunteer,
    WithdrawVolunteerOffer,
)
from intersessional.domain.volunteer_offer.refusals import NotTheVolunteer
from intersessional.domain.volunteer_offer.volunteer_offer import VolunteerOffer


async def offer_to_volunteer(command: OfferToVolunteer, context: CommandContext) -> UUID:
    """Volunteer, or record that somebody did, for a group at work or an open call."""
    for_another = command.participant is not None or command.name is not None
    act = await context.act_as(Role.SECRETARIAT if for_another else Role.COMMENTER)
    if command.participant is not None and command.name is not None:
        raise BadValue(field="name", problem="name a participant or give a name, not both.")
    offer = VolunteerOffer.make(
        act,
        id=command.derived_id,
        group_id=await _group(command, context),
        call_id=command.call,
        sender=None if for_another else await context.sender(),
        named=None
        if command.participant is None
        else await context.load(Participant, command.participant),
        name=command.name,
        note=command.note,
    )
    context.add(offer)
    return offer.id


async def withdraw_volunteer_offer(
    command: WithdrawVolunteerOffer, context: CommandContext
) -> UUID:
    """Withdraw an offer, as the volunteer, or record it as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT, Role.COMMENTER)
    offer = await context.load(VolunteerOffer, command.offer, command.expected_version)
    if act.actor.role is Role.COMMENTER:
        volunteer = offer.volunteer
        if isinstance(volunteer, Sealed):
            revealed = (await context.reveal([volunteer])).get(volunteer)
            volunteer = None if revealed is None else UUID(revealed)
        if volunteer is None or volunteer != context.caller.person:
            raise NotTheVolunteer(offer=offer.id)
    offer.withdraw(act, reason=command.reason)
    return offer.id


async def _group(command: OfferToVolunteer, context: CommandContext) -> UUID | None:
    """The group that is volunteered for, if any. Raises what the group and the call refuse."""
    group = command.group
    if command.call is None and group is None:
        raise BadValue(field="group", problem="name a group or a call for volunteers.")
    if command.call is not None:
        call = await context.load(Call, command.call)
        if call.of != VOLUNTEERS:
            raise BadValue(field="call", problem="it is no call for volunteers.")
        if None not in (group, call.group_id) and group != call.group_id:
            raise BadValue(field="group", problem="the call is for another group.")
        call.check_open(context.occurred)
        group = group or call.group_id
    return None if group is None else (await active_group(context, group)).id
