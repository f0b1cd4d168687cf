"""The time by which several events had all happened."""

from datetime import timedelta

from intersessional.domain.kernel.occurred import Occurred

_MICROSECOND = timedelta(microseconds=1)


def all_occurred(*times: Occurred) -> Occurred:
    """When the last of these events happened, as exactly as their periods allow."""
    last = max(times, key=lambda time: (time.ends, time.begins))
    begins = max(time.begins for time in times)
    if last.begins == begins:
        return last
    first_day, last_day = begins.date(), (last.ends - _MICROSECOND).date()
    same = first_day == last_day
    return Occurred.parse(str(first_day) if same else f"{first_day}/{last_day}")
