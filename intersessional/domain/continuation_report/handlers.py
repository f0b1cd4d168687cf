"""Handlers of the commands about continuation reports."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.continuation_report.commands import (
    ConsiderContinuationReport,
    RecordMissingContinuationReport,
    ReportContinuation,
)
from intersessional.domain.continuation_report.continuation_report import ContinuationReport
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.group.stewardship import facilitators_then
from intersessional.domain.group_kind.handlers import load_kind_rules
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import continuation_report_id, cycle_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.meeting.first_meeting import find_first_meeting
from intersessional.domain.meeting.handlers import meeting_in_session
from intersessional.domain.rule.core_rules import REPORTED_AT_FIRST_MEETING


async def report_continuation(command: ReportContinuation, context: CommandContext) -> UUID:
    """Give a report, as a facilitator of the group, or the Secretariat for it.

    A group whose work has ended reports too.
    """
    group = await context.load(Group, command.group)
    act = await context.act_as(
        Role.FACILITATOR, Role.SECRETARIAT, facilitators=facilitators_then(group, context)
    )
    await context.check_right(group)
    cycle = await context.load(Cycle, cycle_id(command.year))
    report = await _report(context, act, group, cycle)
    if command.meeting is not None:
        await meeting_in_session(context, command.meeting, cycle.id)
    report.give(
        act,
        wish=command.wish,
        areas=command.areas,
        report=command.report,
        meeting_id=command.meeting,
    )
    await _flag_meeting(context, act, cycle, report, command.meeting)
    return report.id


async def consider_continuation_report(
    command: ConsiderContinuationReport, context: CommandContext
) -> UUID:
    """Record that the MAG considered a report, as the Secretariat or the Chair."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    id = continuation_report_id(command.group, command.year)
    report = await context.load(ContinuationReport, id, command.expected_version)
    if command.meeting is not None:
        await meeting_in_session(context, command.meeting, report.cycle_id)
    report.consider(act, meeting_id=command.meeting)
    return report.id


async def record_missing_continuation_report(
    command: RecordMissingContinuationReport, context: CommandContext
) -> UUID:
    """Record that there is no report, as the Secretariat or the Chair."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    group = await context.load(Group, command.group)
    cycle = await context.load(Cycle, cycle_id(command.year))
    report = await _report(context, act, group, cycle)
    report.find_missing(act, reason=command.reason)
    return report.id


async def _report(
    context: CommandContext, act: Act, group: Group, cycle: Cycle
) -> ContinuationReport:
    """The report of a group of the previous cycle, registered now if it is not in the record.

    Raises BadValue, StaleVersion.
    """
    rules = await load_kind_rules(context, group.kind, act.occurred)
    if not rules.proposed:
        problem = "groups of this kind are renewed, and give reports of their own."
        raise BadValue(field="group", problem=problem)
    id = continuation_report_id(group.id, cycle.year)
    report = await context.find(ContinuationReport, id, context.command.expected_version)
    if report is None:
        report = ContinuationReport.register(act, group, cycle)
        context.add(report)
    return report


async def _flag_meeting(
    context: CommandContext,
    act: Act,
    cycle: Cycle,
    report: ContinuationReport,
    meeting: UUID | None,
) -> None:
    """Flag a report that certainly was not given at the first meeting (DOMAIN row 32)."""
    first = await find_first_meeting(context, cycle.year)
    if first is None or meeting == first.id:
        return
    if meeting is None and act.occurred.begins < first.planned.ends:
        return
    context.deviate(
        REPORTED_AT_FIRST_MEETING,
        act,
        subject=report.id,
        cycle_id=cycle.id,
        group_id=report.group_id,
        facts={"reported": act.occurred.at, "first_meeting": first.planned.at},
    )
