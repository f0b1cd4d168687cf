"""How commands about the annual meeting are answered."""

from datetime import date
from uuid import UUID
from zoneinfo import available_timezones

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.annual_meeting.commands import (
    ConfirmAnnualMeeting,
    RecordVenueOption,
    RescheduleAnnualMeeting,
    SetTentativeDates,
)
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.ids import annual_meeting_id, cycle_id
from intersessional.domain.kernel.numbers import LAST_YEAR, bounded_int
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, NotFound
from intersessional.domain.kernel.texts import name, text, validated_optional_text

_RANK_MAX = 100


async def record_venue_option(command: RecordVenueOption, context: CommandContext) -> UUID:
    """Answer RecordVenueOption."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    meeting = await _planned(context, command.year, act, command.expected_version)
    meeting.record(
        AnnualMeeting.VenueOptionRecorded,
        act=act,
        cycle_id=meeting.cycle_id,
        rank=bounded_int("rank", command.rank, 1, _RANK_MAX),
        status=command.status,
        description=text("description", command.description),
    )
    return meeting.cycle_id


async def set_tentative_dates(command: SetTentativeDates, context: CommandContext) -> UUID:
    """Answer SetTentativeDates: a confirmed meeting is moved, not made tentative again."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    meeting = await _planned(context, command.year, act, command.expected_version)
    if meeting.starts_on is not None:
        raise AlreadyRecorded(kind="annual meeting", id=meeting.id)
    meeting.record(
        AnnualMeeting.Tentative,
        act=act,
        cycle_id=meeting.cycle_id,
        within=command.within,
        place=name("place", command.place),
        condition=validated_optional_text("condition", command.condition),
    )
    return meeting.cycle_id


async def confirm_annual_meeting(command: ConfirmAnnualMeeting, context: CommandContext) -> UUID:
    """Answer ConfirmAnnualMeeting: once."""
    act = await context.act_as(Role.SECRETARIAT)
    _check_days(command.year, command.starts_on, command.ends_on)
    meeting = await _planned(context, command.year, act, command.expected_version)
    if meeting.starts_on is not None:
        raise AlreadyRecorded(kind="annual meeting", id=meeting.id)
    meeting.record(
        AnnualMeeting.Confirmed,
        act=act,
        cycle_id=meeting.cycle_id,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        place=name("place", command.place),
        time_zone=_zone(command.time_zone),
    )
    return meeting.cycle_id


async def reschedule_annual_meeting(
    command: RescheduleAnnualMeeting, context: CommandContext
) -> UUID:
    """Answer RescheduleAnnualMeeting: only what was confirmed can be moved."""
    act = await context.act_as(Role.SECRETARIAT)
    _check_days(command.year, command.starts_on, command.ends_on)
    id = annual_meeting_id(command.year)
    meeting = await context.load(AnnualMeeting, id, command.expected_version)
    if meeting.starts_on is None:
        raise NotFound(kind="confirmed annual meeting", id=str(command.year))
    meeting.record(
        AnnualMeeting.Rescheduled,
        act=act,
        cycle_id=meeting.cycle_id,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        reason=text("reason", command.reason),
    )
    return meeting.cycle_id


async def _planned(
    context: CommandContext, year: int, act: Act, expected: int | None
) -> AnnualMeeting:
    cycle = await context.load(Cycle, cycle_id(year))
    id = annual_meeting_id(year)
    meeting = await context.find(AnnualMeeting, id, expected)
    if meeting is None:
        meeting = AnnualMeeting.begin(
            AnnualMeeting.Planned, id=id, act=act, cycle_id=cycle.id, year=year
        )
        context.add(meeting)
    return meeting


def _check_days(year: int, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise BadValue(field="endsOn", problem=f"{ends_on} is before {starts_on}.")
    if not year <= starts_on.year <= ends_on.year <= min(year + 1, LAST_YEAR):
        raise BadValue(field="startsOn", problem=f"it is neither in {year} nor in the year after.")


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise BadValue(field="timeZone", problem=f"{name!r} is not in the IANA time zone database.")
    return name
