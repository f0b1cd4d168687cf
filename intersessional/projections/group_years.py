"""What a group wished for a cycle, and reported in it."""

from dataclasses import dataclass, replace
from enum import Enum
from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.group.wish import GroupWish
from intersessional.domain.kernel.body import Body
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed


class GroupStateInCycle(Enum):
    """The state of a group in a cycle (DOMAIN A3)."""

    PROPOSED = "PROPOSED"
    """Proposed, and not yet established."""
    ACTIVE = "ACTIVE"
    """Established, and has not reported in the cycle."""
    REPORTING = "REPORTING"
    """It has stated its wish for the cycle, or reported in it, and is not renewed for it."""
    RENEWED = "RENEWED"
    """A decision renewed it for the cycle."""
    CONCLUDED = "CONCLUDED"
    """Its work has ended."""
    DISSOLVED = "DISSOLVED"
    """Another body has taken over its work."""


@dataclass(frozen=True)
class WishDocument:
    """What a group wishes for a cycle, since it was stated."""

    wish: GroupWish
    stated: Occurred
    body: Body | None = None
    """The body into which it wishes to pass."""
    meeting_id: UUID | None = None
    words: Sealed | None = None


@dataclass(frozen=True)
class GroupYear:
    """The last wish of a group for a cycle, and its last report in it."""

    cycle_id: UUID
    wish: WishDocument | None = None
    last_report: UUID | None = None
    renewed: bool = False
    """Whether a decision renewed it for the cycle."""

    @property
    def state(self) -> GroupStateInCycle:
        """The state in the cycle of a group that is established, and has not ended."""
        if self.renewed:
            return GroupStateInCycle.RENEWED
        wished = self.wish is not None and self.wish.wish is not GroupWish.NEW
        reported = wished or self.last_report is not None
        return GroupStateInCycle.REPORTING if reported else GroupStateInCycle.ACTIVE


AccountEvent = Group.Proposed | Group.WishStated | Group.Reported | Group.Renewed
"""An event that says something of a group in a cycle."""


def year_of(years: tuple[GroupYear, ...], cycle_id: UUID) -> GroupYear | None:
    """What a group wished and reported for a cycle; None if it is not on record."""
    return next((year for year in years if year.cycle_id == cycle_id), None)


def with_account(years: tuple[GroupYear, ...], event: AccountEvent) -> tuple[GroupYear, ...]:
    """The years with what an event says; a proposal is the wish to be new."""
    found = {year.cycle_id: year for year in years}
    year = found.get(event.cycle_id) or GroupYear(event.cycle_id)
    found[event.cycle_id] = _with(year, event)
    return tuple(found.values())


def _with(year: GroupYear, event: AccountEvent) -> GroupYear:
    occurred = event.act.occurred
    match event:
        case Group.Proposed():
            wish = WishDocument(GroupWish.NEW, occurred, meeting_id=event.meeting_id)
            return replace(year, wish=wish)
        case Group.WishStated():
            wish = WishDocument(event.wish, occurred, event.body, event.meeting_id, event.words)
            return replace(year, wish=wish)
        case Group.Reported():
            return replace(year, last_report=event.report_id)
        case Group.Renewed():
            return replace(year, renewed=True)
