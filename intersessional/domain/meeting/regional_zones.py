"""What time it is in the regional groups while the MAG meets (DOMAIN row 20)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from intersessional.domain.kernel.time_zones import zone
from intersessional.domain.participant.region import Region

REGIONAL_ZONES: Mapping[Region, Sequence[str]] = {
    Region.AFRICAN: ("Africa/Dakar", "Africa/Nairobi"),
    Region.ASIA_PACIFIC: ("Asia/Riyadh", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Fiji"),
    Region.EASTERN_EUROPEAN: ("Europe/Warsaw", "Europe/Moscow"),
    Region.GRULAC: ("America/Mexico_City", "America/Sao_Paulo"),
    Region.WEOG: ("America/Los_Angeles", "Europe/Paris", "Australia/Sydney"),
}
"""Places of each regional group, from its west to its east: this record's choice, no source's."""
NIGHT_BEGINS_HOUR = 22
NIGHT_ENDS_HOUR = 7


def is_night(begins: datetime, ends: datetime, time_zone: str) -> bool:
    """Whether any part of a meeting lies between 22:00 and 7:00 in a time zone."""
    there = zone(time_zone)
    first, last = begins.astimezone(there), ends.astimezone(there)
    if not NIGHT_ENDS_HOUR <= first.hour < NIGHT_BEGINS_HOUR:
        return True
    return last > first.replace(hour=NIGHT_BEGINS_HOUR, minute=0, second=0, microsecond=0)
