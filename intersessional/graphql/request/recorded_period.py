"""The positions that were recorded in a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from intersessional.graphql.request.context import BadRequest, Context

_LEAST = timedelta(microseconds=1)
_YEAR_MIN = 1


@dataclass(frozen=True, slots=True)
class RecordedPeriod:
    """The positions after one and up to another."""

    after: int
    until: int

    @property
    def length(self) -> int:
        """How many positions it has."""
        return max(0, self.until - self.after)


async def recorded_in(
    context: Context, since: datetime | None, until: datetime | None, last: int
) -> RecordedPeriod:
    """What was recorded from an instant on and before another, up to a last position.

    Raises BadRequest for a time that ends before it begins.
    """
    check_period(since, until)
    edges = [before(one) for one in (since, until) if one is not None]
    found = [*(await context.record.positions_at(edges) if edges else ())]
    after = 0 if since is None else found[0]
    return RecordedPeriod(after, last if until is None else min(found[-1], last))


def before(instant: datetime) -> datetime:
    """The last instant before another; in the first year that there is, the same."""
    return instant if instant.year == _YEAR_MIN else instant - _LEAST


def check_period(since: datetime | None, until: datetime | None) -> None:
    """Raise BadRequest for a time that ends before it begins."""
    if since is not None and until is not None and until < since:
        raise BadRequest("BAD_PERIOD", "`until` is before `since`.")
