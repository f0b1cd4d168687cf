"""How long a meeting is to take, and what can have happened at it."""

from datetime import UTC

from intersessional.domain.kernel.numbers import bounded_int
from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.time_zones import zone

MINUTES_MAX = 24 * 60
"""The longest meeting with a clock time; a longer one is a period of days."""


def validated_duration(planned: Occurred, minutes: int | None) -> int | None:
    """The planned duration of a meeting that begins at a clock time, or None. Raises BadValue."""
    if minutes is None:
        return None
    if planned.precision is not Precision.INSTANT:
        problem = "the meeting has no clock time from which it could be counted."
        raise BadValue(field="duration_minutes", problem=problem)
    return bounded_int("duration_minutes", minutes, 1, MINUTES_MAX)


def check_end(began: Occurred, ended: Occurred | None) -> None:
    """Check that a meeting ended after it began. Raises BadValue."""
    if ended is not None and ended.ends <= began.begins:
        raise BadValue(field="ended", problem="it is not after the meeting began.")


def problem_with_time(
    occurred: Occurred, began: Occurred, ended: Occurred | None, time_zone: str | None
) -> str | None:
    """Why something cannot have happened at a meeting: it lies on none of its days.

    They are days in UTC, or at the meeting's place.
    """
    zones = [UTC, *([] if time_zone is None else [zone(time_zone)])]
    begins = min(began.first_midnight(one) for one in zones)
    ends = max((ended or began).last_midnight(one) for one in zones)
    if occurred.begins < begins:
        return "it had not begun at that time."
    if occurred.ends > ends or occurred.begins == ends:
        return "it was over at that time."
    return None
