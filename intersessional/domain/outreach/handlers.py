"""Handlers of the commands about outreach."""

from dataclasses import replace
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group import Group
from intersessional.domain.group.stewardship import facilitators_then
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import BadValue, RoleRequired
from intersessional.domain.outreach.commands import LogOutreach
from intersessional.domain.outreach.outreach import Outreach
from intersessional.domain.participant.participant import Participant

_DISSEMINATE = (Role.FACILITATOR, Role.MAG_MEMBER, Role.MAG_CHAIR, Role.SECRETARIAT)


async def log_outreach(command: LogOutreach, context: CommandContext) -> UUID:
    """Log outreach, as a facilitator of the group, a member of the MAG or the Secretariat.

    It happened when it took place, unless the command gives a time.
    """
    cycle = await context.load(Cycle, cycle_id(command.year))
    group = None if command.group is None else await context.load(Group, command.group)
    act = await context.act_as(
        *_DISSEMINATE, facilitators=() if group is None else facilitators_then(group, context)
    )
    if command.took_place.ends > context.now:
        raise BadValue(field="took_place", problem="it is yet to come.")
    if command.participant is not None and command.participant != context.caller.person:
        _check_rapporteur(act.actor.role, context)
        await context.load(Participant, command.participant)
    if command.occurred is None:
        act = replace(act, occurred=command.took_place)
    await _check_draft(command, context)
    outreach = Outreach.log(
        act,
        cycle,
        group,
        id=command.derived_id,
        participant_id=command.participant or context.caller.person,
        audience=command.audience,
        forum=command.forum,
        took_place=command.took_place,
        draft_id=command.draft,
        text=command.text,
    )
    context.add(outreach)
    return outreach.id


def _check_rapporteur(role: Role, context: CommandContext) -> None:
    """Check that whoever logs what somebody else did is the Secretariat. Raises RoleRequired."""
    if role not in (Role.SECRETARIAT, Role.OPERATOR):
        raise RoleRequired(needed=(Role.SECRETARIAT,), at=context.now)


async def _check_draft(command: LogOutreach, context: CommandContext) -> None:
    """Check that the output is one of the group, if one is named. Raises NotFound, BadValue."""
    if command.draft is not None:
        draft = await context.load(Draft, command.draft)
        if command.group not in (None, draft.group_id):
            raise BadValue(field="draft", problem="it is an output of another group.")
