"""How commands about people are answered."""

from uuid import UUID

from intersessional.domain.act import Role
from intersessional.domain.desk import Desk
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    EndRole,
    GrantRole,
    RegisterParticipant,
)
from intersessional.domain.participant.participant import Participant
from intersessional.domain.refused import AlreadyRecorded, BadValue, NotRegistered
from intersessional.domain.texts import NAME_MAX, optional_text


async def register_participant(command: RegisterParticipant, desk: Desk) -> UUID:
    """Answer RegisterParticipant: whoever is signed in may register, once."""
    person = desk.caller.person
    if person is not None:
        act = desk.introduce()
    else:
        person, act = command.new_id, await desk.act_as()
    if await desk.find(Participant, person) is not None:
        raise AlreadyRecorded(kind="participant", id=person)
    desk.add(
        Participant.begin(
            Participant.Registered,
            id=person,
            act=act,
            display_name=optional_text("displayName", command.display_name, NAME_MAX),
            stakeholder_group=command.stakeholder_group,
            region=command.region,
        )
    )
    return person


async def accept_code_of_conduct(command: AcceptCodeOfConduct, desk: Desk) -> UUID:
    """Answer AcceptCodeOfConduct: everyone accepts for themselves."""
    if command.version < 1:
        raise BadValue(field="version", problem="versions count from 1.")
    act = desk.introduce()
    participant = await desk.find(Participant, desk.caller.person or command.new_id)
    if participant is None:
        raise NotRegistered
    participant.record(Participant.CodeOfConductAccepted, act=act, accepted_version=command.version)
    return participant.id


async def grant_role(command: GrantRole, desk: Desk) -> UUID:
    """Answer GrantRole: the Secretariat keeps the register of roles."""
    act = await desk.act_as(Role.SECRETARIAT)
    if command.role in (Role.OPERATOR, Role.COMMENTER, Role.FACILITATOR):
        raise BadValue(field="role", problem=f"{command.role.value} is not granted to a person.")
    participant = await desk.load(Participant, command.participant, command.expected_version)
    if participant.holds(command.role, command.since.begins):
        raise BadValue(field="role", problem="the participant holds it already.")
    participant.record(Participant.RoleGranted, act=act, role=command.role, since=command.since)
    return participant.id


async def end_role(command: EndRole, desk: Desk) -> UUID:
    """Answer EndRole: a role that is not held cannot end."""
    act = await desk.act_as(Role.SECRETARIAT)
    participant = await desk.load(Participant, command.participant, command.expected_version)
    if not participant.holds(command.role, command.until.begins):
        raise BadValue(field="role", problem="the participant does not hold it then.")
    participant.record(Participant.RoleEnded, act=act, role=command.role, until=command.until)
    return participant.id
