"""How commands about people are answered."""

from uuid import UUID

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, NotRegistered
from intersessional.domain.kernel.texts import validated_optional_name
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    EndRole,
    GrantRole,
    RegisterParticipant,
)
from intersessional.domain.participant.participant import (
    CODE_OF_CONDUCT,
    Participant,
    Tenure,
    ended,
)

_DECIDING = (Role.MAG_CHAIR, Role.MAG_MEMBER)


async def register_participant(command: RegisterParticipant, context: CommandContext) -> UUID:
    """Answer RegisterParticipant: whoever is signed in may register, once."""
    person = context.caller.person
    if person is not None:
        act = context.introduce()
    else:
        person, act = command.new_id, await context.act_as()
    if await context.find(Participant, person) is not None:
        raise AlreadyRecorded(kind="participant", id=person)
    context.add(
        Participant.begin(
            Participant.Registered,
            id=person,
            act=act,
            display_name=validated_optional_name("displayName", command.display_name),
            stakeholder_group=command.stakeholder_group,
            region=command.region,
        )
    )
    return person


async def accept_code_of_conduct(command: AcceptCodeOfConduct, context: CommandContext) -> UUID:
    """Answer AcceptCodeOfConduct: everyone accepts for themselves."""
    act = context.introduce()
    participant = await context.find(Participant, context.caller.person or command.new_id)
    if participant is None:
        raise NotRegistered
    if command.version != CODE_OF_CONDUCT:
        raise BadValue(field="version", problem=f"version {CODE_OF_CONDUCT} is in force.")
    if participant.accepted_code_of_conduct == command.version:
        raise AlreadyRecorded(kind="acceptance", id=participant.id)
    participant.record(Participant.CodeOfConductAccepted, act=act, accepted_version=command.version)
    return participant.id


async def grant_role(command: GrantRole, context: CommandContext) -> UUID:
    """Answer GrantRole: the Secretariat keeps the register of roles."""
    act = await context.act_as(Role.SECRETARIAT)
    if command.role not in (Role.SECRETARIAT, *_DECIDING):
        raise BadValue(field="role", problem=f"{command.role.value} is not granted to a person.")
    if command.until is not None and command.until.ends <= command.since.begins:
        raise BadValue(field="until", problem="it is not after the role begins.")
    participant = await context.load(Participant, command.participant, command.expected_version)
    tenure = Tenure(command.role, command.since, command.until)
    for held in filter(tenure.meets, participant.tenures):
        _check_apart(tenure.role, held.role)
    participant.record(
        Participant.RoleGranted,
        act=act,
        role=command.role,
        since=command.since,
        until=command.until,
    )
    return participant.id


async def end_role(command: EndRole, context: CommandContext) -> UUID:
    """Answer EndRole: a role that is not held cannot end."""
    act = await context.act_as(Role.SECRETARIAT)
    participant = await context.load(Participant, command.participant, command.expected_version)
    if ended(participant.tenures, command.role, command.until) == participant.tenures:
        raise BadValue(field="until", problem="the participant does not hold the role then.")
    participant.record(Participant.RoleEnded, act=act, role=command.role, until=command.until)
    return participant.id


def _check_apart(wanted: Role, held: Role) -> None:
    """Nobody holds a role twice at once; and who records does not decide (DOMAIN row 27)."""
    if wanted is held:
        problem = f"the participant holds {held.value} in that time already."
        raise BadValue(field="since", problem=problem)
    if Role.SECRETARIAT in (wanted, held):
        raise BadValue(
            field="role",
            problem=f"the participant holds {held.value} in that time; the Secretariat records, "
            "the MAG decides.",
        )
