"""How the times of meetings rotate among the regions, in the API."""

from typing import Any

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROTATION = """query ($year: Int!) { cycle(year: $year) {
    meetingRotation { counted withoutClockTime regions { region nightsSomewhere nightsEverywhere
      zones { timeZone nights } } }
    meetings { nodes { beginsAt endsAt localTimes { timeZone beginsLocally isNight } } } }
    meetings(year: $year) { totalCount nodes { ordinal } } }"""


async def call(scenario: ForumScenario, ordinal: int, held: str, **more: Any) -> str:
    done = await scenario.secretariat.do(
        "scheduleMeeting",
        "... on MeetingScheduled { meeting { id } }",
        **{"kind": "VIRTUAL", **more},
        year=scenario.year,
        ordinal=ordinal,
        held=held,
        label=f"Meeting {ordinal}",
    )
    return str(done["meeting"]["id"])


async def test_nights_of_regions_are_counted_over_the_meetings_with_a_clock_time(
    scenario: ForumScenario,
) -> None:
    await call(scenario, 1, "2018-07-02T13:00:00Z", durationMinutes=60)
    await call(scenario, 2, "2018-07-16T05:00:00Z")
    await call(scenario, 3, "2018-07-30")
    await call(scenario, 4, "2018-08-13T05:00:00Z", kind="FACE_TO_FACE")
    cancelled = await call(scenario, 5, "2018-08-27T05:00:00Z")
    await scenario.secretariat.do("cancelMeeting", meeting=cancelled, reason="A holiday.")

    answer = await scenario.member.ask(ROTATION, year=scenario.year)

    rotation = answer["cycle"]["meetingRotation"]
    assert (rotation["counted"], rotation["withoutClockTime"]) == (2, 1)
    assert {
        one["region"]: (one["nightsSomewhere"], one["nightsEverywhere"])
        for one in rotation["regions"]
    } == {
        "AFRICAN": (1, 0),
        "ASIA_PACIFIC": (1, 0),
        "EASTERN_EUROPEAN": (0, 0),
        "GRULAC": (1, 1),
        "WEOG": (2, 0),
    }
    assert rotation["regions"][1]["zones"] == [
        {"timeZone": "Asia/Riyadh", "nights": 0},
        {"timeZone": "Asia/Kolkata", "nights": 0},
        {"timeZone": "Asia/Tokyo", "nights": 1},
        {"timeZone": "Pacific/Fiji", "nights": 1},
    ]
    first, second, third, *_ = answer["cycle"]["meetings"]["nodes"]
    assert (first["beginsAt"], first["endsAt"]) == (
        "2018-07-02T13:00:00.000000Z",
        "2018-07-02T14:00:00.000000Z",
    )
    assert first["localTimes"][0] == {
        "timeZone": "Africa/Dakar",
        "beginsLocally": "2018-07-02T13:00:00+00:00",
        "isNight": False,
    }
    assert (second["endsAt"], third["beginsAt"], third["localTimes"]) == (None, None, [])
    assert [one["ordinal"] for one in answer["meetings"]["nodes"]] == [5, 4, 3, 2, 1]
