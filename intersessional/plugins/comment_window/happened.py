"""When several things had happened."""

from datetime import timedelta

from intersessional.domain.kernel.occurred import Occurred

_A_MOMENT = timedelta(microseconds=1)


def all_happened(*things: Occurred) -> Occurred:
    """When the last of several things happened, as exactly as they tell which one it was."""
    last = max(things, key=lambda one: (one.ends, one.begins))
    begins = max(one.begins for one in things)
    if last.begins == begins:
        return last
    first_day, last_day = begins.date(), (last.ends - _A_MOMENT).date()
    same = first_day == last_day
    return Occurred.parse(str(first_day) if same else f"{first_day}/{last_day}")
