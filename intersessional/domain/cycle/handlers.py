"""Handlers of the commands about a cycle."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.commands import (
    AssessResources,
    OpenCycle,
    SetDeadlineBeforeMeeting,
    SetProposalDeadline,
)
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.cycle.proposal_deadline import ProposalDeadline
from intersessional.domain.decision.decision import Decision
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.meeting.first_meeting import find_first_meeting
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.rule.core_rules import DEADLINE_BY_DEFAULT


async def open_cycle(command: OpenCycle, context: CommandContext) -> UUID:
    """Open the one cycle of a year."""
    act = await context.act_as(Role.SECRETARIAT)
    cycle = Cycle.open(act, command.year)
    await context.check_absent(Cycle, cycle.id)
    context.add(cycle)
    return cycle.id


async def assess_resources(command: AssessResources, context: CommandContext) -> UUID:
    """Record the Secretariat's assessment (DOMAIN row 34)."""
    act = await context.act_as(Role.SECRETARIAT)
    Cycle.check_capacity(command.capacity)
    cycle = await context.load(Cycle, cycle_id(command.year), command.expected_version)
    cycle.assess(
        act, assessment_id=command.derived_id, capacity=command.capacity, note=command.note
    )
    return cycle.id


async def set_proposal_deadline(command: SetProposalDeadline, context: CommandContext) -> UUID:
    """Set or move the last day for written proposals."""
    act = await context.act_as(Role.MAG_CHAIR, Role.SECRETARIAT)
    cycle = await context.load(Cycle, cycle_id(command.year), command.expected_version)
    await _check_named(command, cycle, context)
    cycle.set_proposal_deadline(
        act,
        ProposalDeadline(command.due_on, command.time_zone),
        meeting_id=command.meeting,
        decision_id=command.decision,
    )
    await _flag_default(context, act, cycle, ProposalDeadline(command.due_on, command.time_zone))
    return cycle.id


async def set_deadline_before_meeting(
    command: SetDeadlineBeforeMeeting, context: CommandContext
) -> UUID:
    """Let written proposals be due before a meeting; from its day on, a day can be set."""
    act = await context.act_as(Role.MAG_CHAIR, Role.SECRETARIAT)
    cycle = await context.load(Cycle, cycle_id(command.year), command.expected_version)
    await _check_named(command, cycle, context)
    cycle.set_deadline_before(act, meeting_id=command.meeting, decision_id=command.decision)
    return cycle.id


async def _check_named(
    command: SetProposalDeadline | SetDeadlineBeforeMeeting, cycle: Cycle, context: CommandContext
) -> None:
    """Check that the meeting and the decision are of the cycle. Raises NotFound, BadValue."""
    if command.meeting is not None:
        meeting = await context.load(Meeting, command.meeting)
        _check_cycle("meeting", meeting.cycle_id, cycle)
    if command.decision is not None:
        decision = await context.load(Decision, command.decision)
        _check_cycle("decision", decision.cycle_id, cycle)


async def _flag_default(
    context: CommandContext, act: Act, cycle: Cycle, deadline: ProposalDeadline
) -> None:
    """Flag a deadline that is not before the first meeting of the MAG (DOMAIN row 33)."""
    first = await find_first_meeting(context, cycle.year)
    if first is not None and deadline.ends is not None and deadline.ends > first.planned.begins:
        context.deviate(
            DEADLINE_BY_DEFAULT,
            act,
            subject=cycle.id,
            cycle_id=cycle.id,
            facts={"due_on": deadline.due_on, "first_meeting": first.planned.begins.date()},
        )


def _check_cycle(field: str, of: UUID | None, cycle: Cycle) -> None:
    if of != cycle.id:
        raise BadValue(field=field, problem="it belongs to another cycle.")
