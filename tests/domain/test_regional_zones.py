"""When a meeting is in the night of a region (DOMAIN row 20)."""

from datetime import datetime, timedelta

import pytest

from intersessional.domain.kernel.time_zones import TIME_ZONES
from intersessional.domain.meeting.regional_zones import REGIONAL_ZONES, is_night
from intersessional.domain.participant.region import Region


@pytest.mark.parametrize(
    ("begins", "minutes", "zone", "night"),
    [
        ("2018-07-02T13:00:00Z", 0, "Europe/Paris", False),
        ("2018-07-02T13:00:00Z", 0, "Asia/Tokyo", True),
        ("2018-07-02T12:59:00Z", 0, "Asia/Tokyo", False),
        ("2018-07-02T12:00:00Z", 60, "Asia/Tokyo", False),
        ("2018-07-02T12:00:00Z", 61, "Asia/Tokyo", True),
        ("2018-07-02T13:59:00Z", 0, "America/Los_Angeles", True),
        ("2018-07-02T14:00:00Z", 0, "America/Los_Angeles", False),
        ("2018-12-02T14:00:00Z", 0, "America/Los_Angeles", True),
        ("2018-07-02T21:00:00Z", 600, "Africa/Dakar", True),
    ],
)
def test_night_is_from_22_to_7_at_the_place_and_any_part_of_the_meeting_counts(
    begins: str, minutes: int, zone: str, *, night: bool
) -> None:
    first = datetime.fromisoformat(begins)

    assert is_night(first, first + timedelta(minutes=minutes), zone) is night


def test_every_regional_group_has_places() -> None:
    assert {*Region} - {*REGIONAL_ZONES} == {
        Region.INTERGOVERNMENTAL_ORGANIZATION,
        Region.OTHER,
    }
    assert {name for names in REGIONAL_ZONES.values() for name in names} <= TIME_ZONES
