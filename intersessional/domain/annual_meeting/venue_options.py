"""The places where the annual meeting might be held."""

from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting import (
    OPTIONS_MAX,
    RANK_MAX,
    AnnualMeeting,
)
from intersessional.domain.annual_meeting.annual_meeting_status import VenueStatus
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.numbers import bounded_int, optional_bounded_int
from intersessional.domain.kernel.refusals import BadValue, LimitReached, NotFound
from intersessional.domain.kernel.texts import validated_optional_text, validated_text


def add_option(
    meeting: AnnualMeeting,
    act: Act,
    *,
    option_id: UUID,
    rank: int,
    status: VenueStatus,
    description: str,
) -> None:
    """Record a place where the meeting might be held. Raises BadValue, LimitReached."""
    if len(meeting.options) >= OPTIONS_MAX:
        raise LimitReached(kind="venue options of a meeting", most=OPTIONS_MAX)
    meeting.record(
        AnnualMeeting.VenueOptionRecorded,
        act=act,
        cycle_id=meeting.cycle_id,
        year=meeting.year,
        option_id=option_id,
        rank=bounded_int("rank", rank, 1, RANK_MAX),
        status=status,
        description=validated_text("description", description),
    )


def change_option(
    meeting: AnnualMeeting,
    act: Act,
    *,
    option_id: UUID,
    rank: int | None = None,
    status: VenueStatus | None = None,
    reason: str | None = None,
) -> None:
    """Give a venue option another status or rank. Raises NotFound, BadValue."""
    if option_id not in meeting.at(act.occurred).options:
        raise NotFound(kind="venue option", id=str(option_id))
    if rank is None and status is None:
        raise BadValue(field="status", problem="give a status or a rank.")
    meeting.record(
        AnnualMeeting.VenueOptionChanged,
        act=act,
        cycle_id=meeting.cycle_id,
        year=meeting.year,
        option_id=option_id,
        rank=optional_bounded_int("rank", rank, 1, RANK_MAX),
        status=status,
        reason=validated_optional_text("reason", reason),
    )
