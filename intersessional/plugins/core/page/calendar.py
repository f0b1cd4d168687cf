"""The entries of meetings and of annual meetings in calendars, from answers of the API."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from intersessional.plugins.calendar import CalendarEntry, CalendarStatus, Json

_DAY = timedelta(days=1)
_OF_DAYS = ("DAY", "PERIOD")


def meeting_entries(meeting: Json) -> Iterator[CalendarEntry]:
    """The entry of a meeting; none where no source tells its days."""
    times = _hours(meeting) or _days(meeting)
    if times is not None:
        begins, ends = times
        cancelled = meeting["state"] == "CANCELLED"
        yield CalendarEntry(
            uid=meeting["id"],
            title=meeting["label"] or "A meeting",
            begins=begins,
            ends=ends,
            time_zone=meeting["timeZone"],
            status=CalendarStatus.CANCELLED if cancelled else CalendarStatus.CONFIRMED,
            sequence=meeting["version"] - 1,
            changed=_changed(meeting),
            path=f"/meetings/{meeting['id']}",
            description=_description(meeting),
        )


def cycle_entries(cycle: Json) -> Iterator[CalendarEntry]:
    """The entry of the annual meeting of a cycle; none while its days are not known."""
    meeting: Json = cycle["annualMeeting"]
    if meeting is not None and (times := _annual_days(meeting)) is not None:
        begins, ends = times
        yield CalendarEntry(
            uid=meeting["id"],
            title=f"IGF annual meeting {cycle['year']}",
            begins=begins,
            ends=ends,
            status=_annual_status(meeting["status"]),
            sequence=meeting["version"] - 1,
            changed=_changed(meeting),
            path=f"/cycles/{cycle['year']}",
            description=meeting["place"],
        )


def _hours(meeting: Json) -> tuple[datetime, datetime | None] | None:
    if meeting["beginsAt"] is None:
        return None
    ends = meeting["endsAt"]
    return _instant(meeting["beginsAt"]), None if ends is None else _instant(ends)


def _days(meeting: Json) -> tuple[date, date] | None:
    began, planned = meeting["began"], meeting["planned"]
    first = next((one for one in (began, planned) if one and one["precision"] in _OF_DAYS), None)
    if first is None:
        return None
    ended = meeting["ended"]
    last = ended if ended and ended["precision"] in _OF_DAYS else first
    begins = date.fromisoformat(first["at"][:10])
    return begins, max(begins, date.fromisoformat(last["at"][-10:])) + _DAY


def _annual_days(meeting: Json) -> tuple[date, date] | None:
    if meeting["startsOn"] is not None:
        ends = date.fromisoformat(meeting["endsOn"])
        return date.fromisoformat(meeting["startsOn"]), ends + _DAY
    within = meeting["within"]
    if within is None or within["precision"] not in _OF_DAYS:
        return None
    return (
        date.fromisoformat(within["at"][:10]),
        date.fromisoformat(within["at"][-10:]) + _DAY,
    )


def _annual_status(status: str) -> CalendarStatus:
    if status == "CANCELLED":
        return CalendarStatus.CANCELLED
    is_open = status in ("PLANNED", "TENTATIVE")
    return CalendarStatus.TENTATIVE if is_open else CalendarStatus.CONFIRMED


def _description(meeting: Json) -> str | None:
    group = meeting["group"]
    lines = (None if group is None else group["name"], meeting["reason"])
    return "\n".join(line for line in lines if line) or None


def _changed(node: Json) -> datetime:
    return _instant(node["latestEvent"]["recordedAt"])


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
