"""The deadline for written proposals."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from intersessional.domain.kernel.numbers import FIRST_IGF, LAST_YEAR
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.time_zones import zone


@dataclass(frozen=True)
class ProposalDeadline:
    """The last day for written proposals, in a time zone; in UTC where none is given.

    There is no day where they are due before a meeting whose day is not known.
    """

    due_on: date | None
    time_zone: str | None = None

    def check(self) -> None:
        """Check that the day is of a year that a cycle can have. Raises BadValue."""
        if self.due_on is not None and not FIRST_IGF <= self.due_on.year <= LAST_YEAR:
            problem = f"its year is not from {FIRST_IGF} to {LAST_YEAR}."
            raise BadValue(field="due_on", problem=problem)

    @property
    def ends(self) -> datetime | None:
        """The instant at which the last day is over there."""
        if self.due_on is None:
            return None
        day = self.due_on + timedelta(days=1)
        there = UTC if self.time_zone is None else zone(self.time_zone)
        return datetime(day.year, day.month, day.day, tzinfo=there).astimezone(UTC)

    def is_past_at(self, occurred: Occurred) -> bool:
        """Whether this certainly happened after the last day."""
        return self.ends is not None and occurred.begins >= self.ends
