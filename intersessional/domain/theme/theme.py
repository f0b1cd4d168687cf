"""A theme that Best Practice Forums of several years have worked on."""

from typing import Self
from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, Belongs, CreatedEvent
from intersessional.domain.kernel.ids import cycle_id, theme_id
from intersessional.domain.kernel.numbers import FIRST_IGF, LAST_YEAR, bounded_int
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_optional_name, validated_slug

GROUPS_MAX = 300
"""Groups that can have worked on a theme, over all years."""


class Theme(Aggregate):
    """A theme and the years in which it was worked on."""

    TOPIC = "theme"
    BELONGS = Belongs.TO_ALL

    key: str
    years: tuple[int, ...] = ()
    titled: tuple[int, ...] = ()
    """The years that were told by a title, and have no group yet."""

    class Named(CreatedEvent):
        """A theme got the key by which the record knows it."""

        TOPIC = "theme.named.v1"
        key: str

    class WorkedOn(Aggregate.Event):
        """A group worked on the theme in a year: a group of the record, or one of this title."""

        TOPIC = "theme.worked_on.v1"
        key: str
        year: int
        title: Permanent | None
        group_id: UUID | None
        cycle_id: UUID | None
        decision_id: UUID | None

        def apply(self, aggregate: "Theme") -> None:
            aggregate.years = (*aggregate.years, self.year)
            if self.group_id is None:
                aggregate.titled = (*aggregate.titled, self.year)

    class GroupLinked(Aggregate.Event):
        """The group of a year of work on the theme, of which the title was told, became known."""

        TOPIC = "theme.group_linked.v1"
        key: str
        year: int
        group_id: UUID

        def apply(self, aggregate: "Theme") -> None:
            aggregate.titled = tuple(year for year in aggregate.titled if year != self.year)

    @classmethod
    def register(cls, act: Act, key: str) -> Self:
        """Register a theme under its key. Raises BadValue."""
        return cls.create(cls.Named, id=theme_id(validated_slug("theme", key)), act=act, key=key)

    @staticmethod
    def check_year(year: int) -> None:
        """Check that a theme can have been worked on in this year. Raises BadValue."""
        bounded_int("year", year, FIRST_IGF, LAST_YEAR)

    def record_year(
        self, act: Act, *, year: int, title: str | None = None, group_id: UUID | None = None
    ) -> None:
        """Record an earlier year of work, each year once, by its title or its group.

        Raises BadValue, AlreadyRecorded.
        """
        self.check_year(year)
        if year in self.years:
            raise AlreadyRecorded(kind="theme year", id=self.id)
        if (title is None) == (group_id is None):
            raise BadValue(field="title", problem="give either the title or the group.")
        self.record(
            Theme.WorkedOn,
            act=act,
            key=self.key,
            year=year,
            title=validated_optional_name("title", title),
            group_id=group_id,
            cycle_id=None,
            decision_id=None,
        )

    def link_group(self, act: Act, *, year: int, group: Group) -> None:
        """Link the group of a year that was told by its title, once. Raises BadValue."""
        if year not in self.titled:
            problem = "there is no title of that year on record to which no group is linked."
            raise BadValue(field="year", problem=problem)
        if cycle_id(year) not in group.cycle_ids:
            raise BadValue(field="group", problem="it does not belong to the cycle of that year.")
        self.record(Theme.GroupLinked, act=act, key=self.key, year=year, group_id=group.id)

    def take_up(
        self, act: Act, *, cycle_id: UUID, year: int, group_id: UUID, decision_id: UUID
    ) -> None:
        """Record that a group works on the theme by a decision. Raises LimitReached."""
        if len(self.years) >= GROUPS_MAX:
            raise LimitReached(kind="groups that worked on a theme", most=GROUPS_MAX)
        self.record(
            Theme.WorkedOn,
            act=act,
            key=self.key,
            year=year,
            title=None,
            group_id=group_id,
            cycle_id=cycle_id,
            decision_id=decision_id,
        )
