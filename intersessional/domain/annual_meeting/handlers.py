"""Handlers of the commands about the annual meeting."""

from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.annual_meeting.commands import (
    CancelAnnualMeeting,
    ChangeVenueOption,
    ConfirmAnnualMeeting,
    CorrectAnnualMeeting,
    RecordVenueOption,
    RescheduleAnnualMeeting,
    SetTentativeDates,
)
from intersessional.domain.annual_meeting.meeting_days import check_days
from intersessional.domain.annual_meeting.venue_options import add_option, change_option
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import annual_meeting_id, cycle_id


async def record_venue_option(command: RecordVenueOption, context: CommandContext) -> UUID:
    """Record a place where the meeting might be held."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    meeting = await _find_or_name(context, command.year, act, command.expected_version)
    add_option(
        meeting,
        act,
        option_id=command.derived_id,
        rank=command.rank,
        status=command.status,
        description=command.description,
    )
    return meeting.id


async def change_venue_option(command: ChangeVenueOption, context: CommandContext) -> UUID:
    """Give a place where the meeting might be held another status or rank."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    meeting = await _named(context, command)
    change_option(
        meeting,
        act,
        option_id=command.option,
        rank=command.rank,
        status=command.status,
        reason=command.reason,
    )
    return meeting.id


async def set_tentative_dates(command: SetTentativeDates, context: CommandContext) -> UUID:
    """Set a meeting tentatively that was not confirmed then."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    meeting = await _find_or_name(context, command.year, act, command.expected_version)
    meeting.set_tentative(
        act, within=command.within, place=command.place, condition=command.condition
    )
    return meeting.id


async def confirm_annual_meeting(command: ConfirmAnnualMeeting, context: CommandContext) -> UUID:
    """Confirm place and days."""
    act = await context.act_as(Role.SECRETARIAT)
    check_days(command.year, command.starts_on, command.ends_on)
    meeting = await _find_or_name(context, command.year, act, command.expected_version)
    meeting.confirm(
        act,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        place=command.place,
        time_zone=command.time_zone,
    )
    return meeting.id


async def reschedule_annual_meeting(
    command: RescheduleAnnualMeeting, context: CommandContext
) -> UUID:
    """Move a confirmed meeting to other days, or to another place."""
    act = await context.act_as(Role.SECRETARIAT)
    check_days(command.year, command.starts_on, command.ends_on)
    meeting = await _named(context, command)
    meeting.reschedule(
        act,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        place=command.place,
        time_zone=command.time_zone,
        reason=command.reason,
    )
    return meeting.id


async def correct_annual_meeting(command: CorrectAnnualMeeting, context: CommandContext) -> UUID:
    """Correct the place or the time zone of a confirmed meeting."""
    act = await context.act_as(Role.SECRETARIAT)
    meeting = await _named(context, command)
    meeting.correct(act, place=command.place, time_zone=command.time_zone, reason=command.reason)
    return meeting.id


async def cancel_annual_meeting(command: CancelAnnualMeeting, context: CommandContext) -> UUID:
    """Cancel the annual meeting."""
    act = await context.act_as(Role.SECRETARIAT)
    meeting = await _named(context, command)
    meeting.cancel(act, reason=command.reason)
    return meeting.id


async def _named(
    context: CommandContext,
    command: ChangeVenueOption
    | RescheduleAnnualMeeting
    | CorrectAnnualMeeting
    | CancelAnnualMeeting,
) -> AnnualMeeting:
    """The annual meeting that a command changes. Raises NotFound, StaleVersion."""
    id = annual_meeting_id(command.year)
    return await context.load(AnnualMeeting, id, command.expected_version)


async def _find_or_name(
    context: CommandContext, year: int, act: Act, expected: int | None
) -> AnnualMeeting:
    """The annual meeting of a cycle, named now if it is not in the record. Raises NotFound."""
    cycle = await context.load(Cycle, cycle_id(year))
    meeting = await context.find(AnnualMeeting, annual_meeting_id(year), expected)
    if meeting is None:
        meeting = AnnualMeeting.name(act, cycle)
        context.add(meeting)
    return meeting
