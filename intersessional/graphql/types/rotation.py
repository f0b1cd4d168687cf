"""How the times of the MAG's meetings rotate among the regions, in the API."""

from collections.abc import Sequence
from datetime import datetime

import strawberry

from intersessional.domain.kernel.time_zones import zone
from intersessional.domain.meeting.meeting_state import MeetingKind, MeetingState
from intersessional.domain.meeting.regional_zones import REGIONAL_ZONES, is_night
from intersessional.domain.participant.region import Region
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.projections.kernel.view import ListKey
from intersessional.projections.meetings import MEETINGS, MeetingDocument

_ZONES = [(region, name) for region, names in REGIONAL_ZONES.items() for name in names]

Hours = tuple[datetime, datetime]
"""When a meeting begins, and when it ends."""


@object_type
class LocalTimeType:
    """What time it is at a place of a regional group when a meeting begins."""

    region: Region
    """The regional group."""
    time_zone: str
    """The place, by the IANA name of its time zone."""
    begins_locally: str
    """The time there, in ISO 8601 with its offset from UTC."""
    is_night: bool
    """Whether any part of the meeting lies between 22:00 and 7:00 there."""


@object_type
class ZoneNightsType:
    """How many meetings were in the night at a place."""

    time_zone: str
    """The place, by the IANA name of its time zone."""
    nights: int
    """The number of meetings of which a part lay between 22:00 and 7:00 there."""


@object_type
class RegionRotationType:
    """How many meetings were in the night of a regional group."""

    region: Region
    """The regional group."""
    meetings: strawberry.Private[Sequence[Hours]]

    @field
    @at_most(len(_ZONES))
    def zones(self) -> list[ZoneNightsType]:
        """Each of its places, from the west to the east: this record's choice."""
        return [
            ZoneNightsType(
                time_zone=name, nights=sum(is_night(*one, name) for one in self.meetings)
            )
            for name in REGIONAL_ZONES[self.region]
        ]

    @field
    def nights_somewhere(self) -> int:
        """The number of meetings that were in the night at one of its places at least."""
        names = REGIONAL_ZONES[self.region]
        return sum(any(is_night(*one, name) for name in names) for one in self.meetings)

    @field
    def nights_everywhere(self) -> int:
        """The number of meetings that were in the night at all of its places."""
        names = REGIONAL_ZONES[self.region]
        return sum(all(is_night(*one, name) for name in names) for one in self.meetings)


@object_type
class MeetingRotationType:
    """How the times of the MAG's meetings of a cycle rotate among the regions.

    Meetings face to face and cancelled ones do not count.
    """

    meetings: strawberry.Private[Sequence[Hours]]
    without_clock_time: int
    """The number of meetings of which no source tells the clock time: they are not counted."""

    @field
    def counted(self) -> int:
        """The number of meetings that are counted."""
        return len(self.meetings)

    @field
    @at_most(len(REGIONAL_ZONES))
    def regions(self) -> list[RegionRotationType]:
        """The regional groups."""
        return [RegionRotationType(region=one, meetings=self.meetings) for one in REGIONAL_ZONES]


async def rotation_of(root: CycleType) -> MeetingRotationType:
    """How the times of the MAG's meetings rotate among the regions (DOMAIN row 20)."""
    hours = [
        one.document.hours
        async for one in every_document(root.loaders, MEETINGS, ListKey(root.snapshot.key))
        if _counts(one.document)
    ]
    known = [one for one in hours if one is not None]
    return MeetingRotationType(meetings=known, without_clock_time=len(hours) - len(known))


@at_most(len(_ZONES))
def local_times(root: MeetingType) -> list[LocalTimeType]:
    """What time it is in the regional groups; nothing where no source tells the clock time."""
    hours = root.document.hours
    if hours is None:
        return []
    return [
        LocalTimeType(
            region=region,
            time_zone=name,
            begins_locally=hours[0].astimezone(zone(name)).isoformat(timespec="seconds"),
            is_night=is_night(*hours, name),
        )
        for region, name in _ZONES
    ]


def _counts(meeting: MeetingDocument) -> bool:
    cancelled = meeting.state is MeetingState.CANCELLED
    return meeting.kind is not MeetingKind.FACE_TO_FACE and not cancelled


ROTATION_SCHEMA = SchemaPart(
    extends={
        "Cycle": {"meeting_rotation": rotation_of},
        "Meeting": {"local_times": local_times},
    }
)
