"""The view of themes."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.theme.theme import Theme
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of


@dataclass(frozen=True)
class ThemeYear:
    """A year in which a Best Practice Forum worked on the theme: its title, or its group."""

    year: int
    title: Sealed | None
    group_id: UUID | None


@dataclass(frozen=True)
class ThemeDocument:
    """A theme and the years of work on it, the earliest first."""

    key: str
    years: tuple[ThemeYear, ...] = ()

    def nth(self, year: int) -> int:
        """The number of this year among the years of work on the theme, from 1."""
        return len({worked.year for worked in self.years if worked.year < year}) + 1


def _evolve(theme: ThemeDocument | None, recorded: RecordedEvent) -> ThemeDocument | None:
    match recorded.event:
        case Theme.WorkedOn() as event:
            theme = theme or ThemeDocument(event.key)
            worked = ThemeYear(event.year, event.title, event.group_id)
            return replace(theme, years=tuple(sorted((*theme.years, worked), key=_place)))
        case Theme.GroupLinked() as event if theme is not None:
            years = (_linked(worked, event) for worked in theme.years)
            return replace(theme, years=tuple(sorted(years, key=_place)))
        case _:
            return theme


def _linked(worked: ThemeYear, event: Theme.GroupLinked) -> ThemeYear:
    """The year with its group, if it is the one that was linked."""
    if worked.year != event.year or worked.group_id is not None:
        return worked
    return replace(worked, group_id=event.group_id)


def _lists(theme: ThemeDocument) -> Collection[ListKey]:
    """The list of all themes, and that of each group that worked on it."""
    groups = dict.fromkeys(worked.group_id for worked in theme.years)
    return tuple(ListKey(group) for group in (None, *(one for one in groups if one is not None)))


def _place(worked: ThemeYear) -> tuple[int, str]:
    return worked.year, str(worked.group_id or "")


THEMES = View(
    name="themes",
    version=4,
    document=ThemeDocument,
    keys=stream_of(Theme),
    evolve=_evolve,
    lists=_lists,
)
