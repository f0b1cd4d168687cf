"""The recorded meetings of 2018, and their summaries."""

from collections import Counter

import pytest

from intersessional.infra.backend import Backend
from tests.journeys.cycle_2018.history import cycle

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_annual_meeting_was_held_in_paris(backend: Backend) -> None:
    fields = "annualMeeting { status place startsOn endsOn timeZone condition }"

    assert (await cycle(backend, fields))["annualMeeting"] == {
        "status": "CONFIRMED",
        "place": "UNESCO headquarters, Paris",
        "startsOn": "2018-11-12",
        "endsOn": "2018-11-14",
        "timeZone": "Europe/Paris",
        "condition": None,
    }


async def test_three_places_were_considered_in_april(backend: Backend) -> None:
    fields = "annualMeeting { venueOptions { rank status description } }"

    answer = await cycle(backend, fields, "2018-04-05T00:00:00Z")

    assert answer["annualMeeting"]["venueOptions"] == [
        {"rank": 1, "status": "PURSUED", "description": "A host country in Asia."},
        {
            "rank": 2,
            "status": "PURSUED",
            "description": "Premises of the United Nations in Asia, without an arrangement with a "
            "government.",
        },
        {
            "rank": 3,
            "status": "EXPLORED",
            "description": "Premises of the United Nations in one of two other countries.",
        },
    ]


async def test_meetings_have_the_time_of_their_sources_and_its_uncertainty(
    backend: Backend,
) -> None:
    fields = "meetings { nodes { kind ordinal held { at precision } note state began { at } } }"

    meetings = (await cycle(backend, fields))["meetings"]["nodes"]

    times = [
        (one["kind"], one["ordinal"], one["held"]["at"], one["held"]["precision"])
        for one in meetings
    ]
    assert times == [
        ("FACE_TO_FACE", 1, "2018-03-19/2018-03-22", "PERIOD"),
        ("VIRTUAL", 1, "2018-04-04", "DAY"),
        ("VIRTUAL", 2, "2018", "YEAR"),
        ("FACE_TO_FACE", 2, "2018-07-11/2018-07-13", "PERIOD"),
    ]
    assert [(one["state"], one["began"] and one["began"]["at"]) for one in meetings] == [
        ("HELD", "2018-03-19"),
        ("HELD", "2018-04-04"),
        ("PLANNED", None),
        ("HELD", "2018-07-11"),
    ]
    assert "20 to 22 March" in meetings[0]["note"]
    assert "no clock time" in meetings[1]["note"]
    assert "Annex I" in meetings[1]["note"]
    assert "Neither its date nor its minutes were found" in meetings[2]["note"]
    assert meetings[3]["note"] is None


async def test_meetings_of_a_group_are_its_own_and_none_of_the_mag(backend: Backend) -> None:
    fields = """groups(first: 20) { nodes { name state meetings {
        totalCount nodes { body ordinal state held { at } began { at } group { name } } } } }"""

    groups = (await cycle(backend, fields))["groups"]["nodes"]

    met = {one["name"]: one for one in groups if one["meetings"]["totalCount"]}
    [(name, gender)] = met.items()
    assert (name, gender["state"]) == ("BPF on Gender and Access", "ACTIVE")
    assert gender["meetings"]["nodes"] == [
        {
            "body": "GROUP",
            "ordinal": ordinal,
            "state": "HELD",
            "held": {"at": f"{day}T{hour}:00:00.000000Z"},
            "began": {"at": day},
            "group": {"name": "BPF on Gender and Access"},
        }
        for ordinal, day, hour in (
            (1, "2018-07-02", 13),
            (2, "2018-07-16", 13),
            (4, "2018-08-24", 14),
        )
    ]


async def test_summary_corrects_the_source_and_names_its_statement(
    backend: Backend,
) -> None:
    fields = "meetings { nodes { summary states { __typename } } }"

    virtual = (await cycle(backend, fields))["meetings"]["nodes"][1]

    summary = " ".join(virtual["summary"].split())
    assert "2016 and 2018" in summary
    assert "surely 2016 and 2017 are meant" in summary
    assert "African group (35)" in summary
    stated = Counter(node["__typename"] for node in virtual["states"])
    assert stated == {"Proposal": 6, "Decision": 4, "Group": 5, "Meeting": 1}


async def test_meeting_has_its_decisions_and_agreements(backend: Backend) -> None:
    fields = """meetings { nodes { ordinal kind decisions { totalCount }
        agreements: decisions(kind: PROCEDURE) { nodes { statement meeting { ordinal } } } } }"""

    first, virtual, *others = (await cycle(backend, fields, "2018-04-05T00:00:00Z"))["meetings"][
        "nodes"
    ]

    assert first["decisions"] == {"totalCount": 1}
    assert first["agreements"]["nodes"] == []
    assert virtual["decisions"] == {"totalCount": 3}
    written, ad_hoc, weeks = [one["statement"] for one in virtual["agreements"]["nodes"]]
    assert "in writing before the next virtual meeting" in written
    assert "takes up the results of the call for issues" in ad_hoc
    assert "every two weeks, at times that rotate" in weeks
    assert [one["decisions"]["totalCount"] for one in others] == [0]


async def test_mag_meets_every_two_weeks_at_times_of_which_no_source_tells(
    backend: Backend,
) -> None:
    fields = """policy(key: "MEETING_CADENCE") { days source { key } }
        meetingRotation { counted withoutClockTime }
        meetings { nodes { localTimes { isNight } } }"""

    answer = await cycle(backend, fields)

    assert answer["policy"] == {"days": 14, "source": {"key": "mag-summary-2018-04-04"}}
    assert answer["meetingRotation"] == {"counted": 0, "withoutClockTime": 2}
    assert [one["localTimes"] for one in answer["meetings"]["nodes"]] == [[]] * 4
