"""Handlers of the commands about groups."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.mandate import check_mandate
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.group.admission import admit_group
from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    RecordGroup,
    ReleaseFacilitator,
    RenameGroup,
)
from intersessional.domain.group.group import Group
from intersessional.domain.group_kind.handlers import load_kind_rules
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.participant.participant import Participant


async def record_group(command: RecordGroup, context: CommandContext) -> UUID:
    """Record a group of the past that no decision is known of, as history."""
    act = await context.act_as(Role.SECRETARIAT)
    if not act.provenance.historical:
        raise DecisionRequired
    rules = await load_kind_rules(context, command.kind, act.occurred)
    cycle = None if command.year is None else await context.load(Cycle, cycle_id(command.year))
    group = Group.establish(
        act, id=command.derived_id, cycle=cycle, kind=command.kind, name=command.name
    )
    context.add(group)
    if cycle is not None:
        await admit_group(context, act, cycle, group, rules)
    return group.id


async def appoint_facilitator(command: AppointFacilitator, context: CommandContext) -> UUID:
    """Appoint a participant who does not facilitate the group then."""
    group, act = await _mandated_group(command, context)
    participant = await context.load(Participant, command.participant)
    group.appoint(act, participant, decision_id=command.decision)
    return group.id


async def release_facilitator(command: ReleaseFacilitator, context: CommandContext) -> UUID:
    """Release a participant who facilitates the group then."""
    group, act = await _mandated_group(command, context)
    group.release(act, command.participant, decision_id=command.decision)
    return group.id


async def rename_group(command: RenameGroup, context: CommandContext) -> UUID:
    """Rename the group."""
    group, act = await _mandated_group(command, context)
    group.rename(act, name=command.name, reason=command.reason, decision_id=command.decision)
    return group.id


async def conclude_group(command: ConcludeGroup, context: CommandContext) -> UUID:
    """End the group's work."""
    group, act = await _mandated_group(command, context)
    group.conclude(act, reason=command.reason, decision_id=command.decision)
    return group.id


async def active_group(context: CommandContext, id: UUID, expected: int | None = None) -> Group:
    """A group that had not concluded when the command's fact occurred.

    Raises NotFound, StaleVersion, GroupHasConcluded.
    """
    group = await context.load(Group, id, expected)
    group.check_active(context.occurred)
    return group


async def stewarded_group(
    context: CommandContext, id: UUID, expected: int | None = None
) -> tuple[Group, Act]:
    """An active group, and the act of a facilitator of it or of the Secretariat (DOMAIN row 26).

    Raises what ``active_group`` and ``CommandContext.act_as`` raise.
    """
    group = await active_group(context, id, expected)
    act = await context.act_as(
        Role.FACILITATOR, Role.SECRETARIAT, facilitators=facilitators_then(group, context)
    )
    return group, act


async def _mandated_group(
    command: AppointFacilitator | ReleaseFacilitator | RenameGroup | ConcludeGroup,
    context: CommandContext,
) -> tuple[Group, Act]:
    """A group, and the act of its facilitator, or of who names the MAG's decision (DOMAIN row 27).

    Raises what ``active_group``, ``CommandContext.act_as`` and ``check_mandate`` raise.
    """
    group = await active_group(context, command.group, command.expected_version)
    act = await context.act_as(
        Role.FACILITATOR,
        Role.SECRETARIAT,
        Role.MAG_CHAIR,
        facilitators=facilitators_then(group, context),
    )
    await check_mandate(context, act, command.decision, group)
    return group, act


def facilitators_then(group: Group, context: CommandContext) -> tuple[UUID, ...]:
    """Who facilitates the group now; for an import, who did then."""
    return (
        group.at(context.occurred).facilitators if context.caller.operator else group.facilitators
    )
