"""The queries about 2018 that the record answers exactly, over HTTP, from a real server."""

from typing import Any

import pytest

from tests.graphql.client import Client
from tests.journeys.cycle_2018.history import END_OF_THE_FOURTH

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT_THE_END_OF_THE_FOURTH = """
query ($at: AsOfInput) { cycle(year: 2018, asOf: $at) {
  bpfCap { value rationale rationaleStatus supersedes { value } } bpfCapUsed
  annualMeeting { status place within { at } startsOn endsOn timeZone }
  proposals(first: 50) { totalCount nodes { title groupKind { key } state isNew
    mergedInto { title } mergedFrom { title } } }
  decisions { totalCount }
  selections: decisions(kind: SELECTION) { totalCount }
  agreements: decisions(kind: PROCEDURE) { totalCount nodes { statement } }
  meetings(first: 50) { totalCount nodes { kind ordinal } }
  groups { totalCount } proposalsDueOn } }
"""

CAP_NOW = """
{ cycle(year: 2018) { bpfCap { value rationale rationaleStatus
    decision { firstEvent { provenance { ground } occurred { at } } meeting { label } }
    supersedes { value rationale rationaleStatus supersedes { value }
      decision { firstEvent { provenance { ground } }
        meeting { kind ordinal held { at } } } } } } }
"""

AT = """
query ($at: AsOfInput) { cycle(year: 2018, asOf: $at) {
  bpfCap { value } bpfCapUsed annualMeeting { status } } }
"""

WINDOWS = """
{ cycle(year: 2018) { groups(first: 50) { totalCount nodes { kind { key } commentWindow {
    opensOn closesOn opensAt closesAt daysBefore daysBeforeByRule timeZone
    opened { at } closed { at } history { nodes { name } } } } } } }
"""


async def test_record_at_the_end_of_4_april_2018_is_exactly_this(anyone: Client) -> None:
    answer = await anyone.ask(AT_THE_END_OF_THE_FOURTH, at={"occurred": END_OF_THE_FOURTH})

    agreements = answer["cycle"].pop("agreements")
    assert agreements["totalCount"] == 3
    for words, decision in zip(
        ("in writing before the next virtual", "ad-hoc group", "every two weeks"),
        agreements["nodes"],
        strict=True,
    ):
        assert words in decision["statement"]
    assert answer["cycle"] == {
        "bpfCap": {
            "value": 3,
            "rationale": "Best Practice Forums take resources.",
            "rationaleStatus": "GIVEN",
            "supersedes": None,
        },
        "bpfCapUsed": 0,
        "annualMeeting": {
            "status": "TENTATIVE",
            "place": "Asia",
            "within": {"at": "2018-12"},
            "startsOn": None,
            "endsOn": None,
            "timeZone": None,
        },
        "proposals": {
            "totalCount": 6,
            "nodes": [
                _mooted("Cybersecurity", new=False),
                _mooted("Local Content", new=False),
                _mooted("Gender and Access", new=False),
                _mooted("Artificial Intelligence", new=True),
                _mooted("Big Data Analysis in the Cloud Environment", new=True),
                _mooted("Connecting and Enabling the Next Billion(s)", new=False, kind="CENB"),
            ],
        },
        "decisions": {"totalCount": 4},
        "selections": {"totalCount": 0},
        "meetings": {
            "totalCount": 3,
            "nodes": [
                {"kind": "FACE_TO_FACE", "ordinal": 1},
                {"kind": "VIRTUAL", "ordinal": 1},
                {"kind": "VIRTUAL", "ordinal": 2},
            ],
        },
        "groups": {"totalCount": 0},
        "proposalsDueOn": None,
    }


async def test_cap_now_is_four_by_inference_over_three_by_the_meeting_in_march(
    anyone: Client,
) -> None:
    answer = await anyone.ask(CAP_NOW)

    assert answer["cycle"]["bpfCap"] == {
        "value": 4,
        "rationale": None,
        "rationaleStatus": "NOT_IN_SOURCES",
        "decision": {
            "firstEvent": {"provenance": {"ground": "INFERRED"}, "occurred": {"at": "2018-05"}},
            "meeting": None,
        },
        "supersedes": {
            "value": 3,
            "rationale": "Best Practice Forums take resources.",
            "rationaleStatus": "GIVEN",
            "supersedes": None,
            "decision": {
                "firstEvent": {"provenance": {"ground": "IMPORTED"}},
                "meeting": {
                    "kind": "FACE_TO_FACE",
                    "ordinal": 1,
                    "held": {"at": "2018-03-19/2018-03-22"},
                },
            },
        },
    }


@pytest.mark.parametrize(
    ("instant", "cap", "used", "status"),
    [
        ("2018-03-22T12:00:00Z", None, 0, None),
        ("2018-03-23T00:00:00Z", 3, 0, None),
        ("2018-05-31T23:59:59Z", 3, 0, "TENTATIVE"),
        ("2018-06-01T00:00:00Z", 4, 4, "TENTATIVE"),
        ("2018-07-18T00:00:00Z", 4, 4, "CONFIRMED"),
    ],
)
async def test_cap_and_annual_meeting_are_those_of_the_instant(
    anyone: Client, instant: str, cap: int | None, used: int, status: str | None
) -> None:
    answer = await anyone.ask(AT, at={"occurred": instant})

    assert answer["cycle"] == {
        "bpfCap": None if cap is None else {"value": cap},
        "bpfCapUsed": used,
        "annualMeeting": None if status is None else {"status": status},
    }


async def test_windows_of_2018_were_due_and_nothing_tells_that_they_opened(
    anyone: Client,
) -> None:
    groups = (await anyone.ask(WINDOWS))["cycle"]["groups"]["nodes"]

    due = {
        "opensOn": "2018-10-01",
        "closesOn": "2018-11-14",
        "opensAt": "2018-09-30T22:00:00.000000Z",
        "closesAt": "2018-11-14T23:00:00.000000Z",
        "daysBefore": 42,
        "daysBeforeByRule": 42,
        "timeZone": "Europe/Paris",
        "opened": None,
        "closed": None,
        "history": {"nodes": [{"name": "CommentWindow.Scheduled"}]},
    }
    windows = [(group["kind"]["key"], group["commentWindow"]) for group in groups]
    assert [window for kind, window in windows if kind == "BPF"] == [due] * 4
    assert [window for kind, window in windows if kind == "WORKING_GROUP"] == [None] * 5


def _mooted(title: str, *, new: bool, kind: str = "BPF") -> dict[str, Any]:
    return {
        "title": title,
        "groupKind": {"key": kind},
        "state": "MOOTED",
        "isNew": new,
        "mergedInto": None,
        "mergedFrom": [],
    }
