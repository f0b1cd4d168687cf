"""A theme: what Best Practice Forums of several years have worked on."""

from uuid import UUID

from intersessional.domain.sealed import Sealed
from intersessional.domain.subject import First, Subject


class Theme(Subject):
    """A theme and the years in which it was worked on."""

    TOPIC = "theme"

    years: tuple[int, ...] = ()

    class Named(First):
        """A theme got the key by which the record knows it."""

        TOPIC = "theme.named.v1"
        key: str

    class WorkedOn(Subject.Event):
        """A group worked on the theme in a year, under this title."""

        TOPIC = "theme.worked_on.v1"
        year: int
        title: Sealed
        group_id: UUID | None

        def apply(self, aggregate: "Theme") -> None:
            aggregate.years = (*aggregate.years, self.year)
