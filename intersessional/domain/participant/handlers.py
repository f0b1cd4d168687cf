"""Handlers of the commands about people."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import role_id
from intersessional.domain.kernel.refusals import NotRegistered, RoleRequired
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    EndRole,
    GrantRole,
    RegisterParticipant,
    UpdateParticipant,
)
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.refusals import RoleHeld
from intersessional.domain.participant.role_tenures import ROLE_TENURES, is_sole
from intersessional.domain.participant.tenure import NO_TENURES, Tenure


async def register_participant(command: RegisterParticipant, context: CommandContext) -> UUID:
    """Register the signed-in sender, or someone for the operator."""
    person = context.caller.person
    if person is not None:
        act = context.introduce()
    else:
        person, act = command.derived_id, await context.act_as(Role.COMMENTER)
    await context.check_absent(Participant, person)
    participant = Participant.register(
        act,
        id=person,
        display_name=command.display_name,
        stakeholder_group=command.stakeholder_group,
        region=command.region,
    )
    context.add(participant)
    return participant.id


async def update_participant(command: UpdateParticipant, context: CommandContext) -> UUID:
    """Change the sender's own name, group or region, or anyone's for the operator."""
    person = context.caller.person
    if person is None and context.caller.operator:
        act = await context.act_as(Role.COMMENTER)
    else:
        act = context.introduce()
        if person != command.participant:
            raise RoleRequired(needed=(Role.OPERATOR,), at=context.now)
    participant = await context.load(Participant, command.participant, command.expected_version)
    participant.change(
        act,
        display_name=command.display_name,
        stakeholder_group=command.stakeholder_group,
        region=command.region,
    )
    return participant.id


async def accept_code_of_conduct(command: AcceptCodeOfConduct, context: CommandContext) -> UUID:
    """Record the sender's own acceptance."""
    act = context.introduce()
    participant = await context.find(Participant, context.caller.person or command.derived_id)
    if participant is None:
        raise NotRegistered
    in_force = await context.conduct_in_force()
    participant.accept_code_of_conduct(act, command.version, in_force=in_force)
    return participant.id


async def grant_role(command: GrantRole, context: CommandContext) -> UUID:
    """Grant a role to a participant, as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT)
    Participant.check_grant(command.role, command.since or act.occurred, command.until)
    participant = await context.load(Participant, command.participant, command.expected_version)
    participant.grant_role(
        act,
        tenure_id=command.derived_id,
        role=command.role,
        since=command.since,
        until=command.until,
        reason=command.reason,
    )
    if is_sole(command.role, act) and command.reason is None:
        await _check_not_held(participant.tenure(command.derived_id), context)
    return participant.id


async def _check_not_held(wanted: Tenure, context: CommandContext) -> None:
    """Check that nobody else holds the role in that time (DOMAIN row 1). Raises RoleHeld."""
    register = await context.ask(ROLE_TENURES, role_id(wanted.role.value)) or NO_TENURES
    for held in filter(wanted.overlaps, register.tenures):
        if held.holder != wanted.holder:
            raise RoleHeld(
                holder=held.holder,
                role=held.role,
                since=held.known_from.at,
                until=None if held.until is None else held.until.at,
            )


async def end_role(command: EndRole, context: CommandContext) -> UUID:
    """End a role that a participant holds, as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT)
    participant = await context.load(Participant, command.participant, command.expected_version)
    participant.end_role(act, role=command.role, until=command.until)
    return participant.id
