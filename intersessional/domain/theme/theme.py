"""A theme: what Best Practice Forums of several years have worked on."""

from uuid import UUID

from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.sealed import Sealed


class Theme(Aggregate):
    """A theme and the years in which it was worked on."""

    TOPIC = "theme"

    years: tuple[int, ...] = ()

    class Named(CreatedEvent):
        """A theme got the key by which the record knows it."""

        TOPIC = "theme.named.v1"
        key: str

    class WorkedOn(Aggregate.Event):
        """A group worked on the theme in a year, under this title."""

        TOPIC = "theme.worked_on.v1"
        year: int
        title: Sealed
        group_id: UUID | None

        def apply(self, aggregate: "Theme") -> None:
            aggregate.years = (*aggregate.years, self.year)
