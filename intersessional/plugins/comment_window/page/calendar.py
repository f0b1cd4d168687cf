"""The days on which comment windows are due to open and to close, in calendars."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID, uuid5

from intersessional.plugins.calendar import CalendarEntry, CalendarStatus, Json

_NO_DAYS = ("CANCELLED", "LAPSED")


def window_entries(cycle: Json) -> Iterator[CalendarEntry]:
    """The first and the last day of each comment window of a cycle."""
    for group in cycle["groups"]["nodes"]:
        window = group["commentWindow"]
        if window is not None:
            name = group["name"] or "a group"
            yield _entry(group, window, "opensOn", f"Comments open: {name}")
            yield _entry(group, window, "closesOn", f"Last day for comments: {name}")


def _entry(group: Json, window: Json, day: str, title: str) -> CalendarEntry:
    cancelled = window["state"] in _NO_DAYS
    return CalendarEntry(
        uid=str(uuid5(UUID(window["id"]), day)),
        title=title,
        begins=date.fromisoformat(window[day]),
        status=CalendarStatus.CANCELLED if cancelled else CalendarStatus.CONFIRMED,
        sequence=window["version"] - 1,
        changed=datetime.fromisoformat(window["latestEvent"]["recordedAt"]),
        path=f"/groups/{group['id']}",
    )
