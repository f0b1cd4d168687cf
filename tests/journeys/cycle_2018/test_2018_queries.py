"""The two questions about 2018 that the record must answer exactly."""

import pytest

from intersessional.infra.backend import Backend
from tests.infra.importer.core_backend import query_data

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT_THE_FOURTH_OF_APRIL = """
query AtTheFourthOfApril { cycle(year: 2018, asOf: {occurred: "2018-04-05T00:00:00Z"}) {
  annualMeeting { status place startsOn }
  bpfCap { value rationale decision { meeting { label } } }  bpfCapUsed
  proposals(first: 20) { totalCount nodes {
    title state groupKind { key } isNew yearOfTheme { reported computed } } }
  selectionDecisions: decisions(kind: SELECTION, first: 5) { totalCount } } }
"""

NOW = """
query Now { headPosition cycle(year: 2018) {
  bpfCap { value supersedes { value } rationale rationaleStatus }
  groups(kind: "BPF", first: 10) { nodes { name state commentWindow { opensAt closesAt } } } } }
"""

MERGED = '{ cycle(year: 2018) { groups(kind: "BPF") { nodes { mergedFrom { title } } } } }'

SIX_WEEKS_TO_THE_END = {
    "opensAt": "2018-09-30T22:00:00.000000Z",
    "closesAt": "2018-11-14T23:00:00.000000Z",
}
"""From 42 days before 12 November to the end of 14 November, in Paris."""


async def test_proposals_at_the_end_of_4_april_are_undecided(backend: Backend) -> None:
    answer = await query_data(backend, AT_THE_FOURTH_OF_APRIL)

    assert answer["cycle"] == {
        "annualMeeting": {"status": "TENTATIVE", "place": "Asia", "startsOn": None},
        "bpfCap": {
            "value": 3,
            "rationale": "Best Practice Forums take resources.",
            "decision": {"meeting": {"label": "First Open Consultations and MAG meeting, Geneva"}},
        },
        "bpfCapUsed": 0,
        "proposals": {
            "totalCount": 6,
            "nodes": [
                _proposal("Cybersecurity", new=False, reported=2, computed=3),
                _proposal("Local Content", new=False, reported=2, computed=3),
                _proposal("Gender and Access", new=False, reported=4, computed=4),
                _proposal("Artificial Intelligence", new=True),
                _proposal("Big Data Analysis in the Cloud Environment", new=True),
                _proposal("Connecting and Enabling the Next Billion(s)", "CENB", new=False),
            ],
        },
        "selectionDecisions": {"totalCount": 0},
    }


async def test_forums_now_are_four_under_an_unexplained_cap(
    backend: Backend,
) -> None:
    before = await backend.reader.position()

    answer = await query_data(backend, NOW)

    assert before <= answer["headPosition"] <= await backend.record.head()
    assert answer["cycle"] == {
        "bpfCap": {
            "value": 4,
            "supersedes": {"value": 3},
            "rationale": None,
            "rationaleStatus": "NOT_IN_SOURCES",
        },
        "groups": {
            "nodes": [
                _group("Internet of Things (IoT), Big Data and Artificial Intelligence (AI)"),
                _group("Cybersecurity", state="PRESENTED"),
                _group("Gender and Access", state="ACTIVE"),
                _group("Local Content"),
            ]
        },
    }


async def test_forum_was_merged_from_two_proposals(backend: Backend) -> None:
    answer = await query_data(backend, MERGED)

    titles = [
        [proposal["title"] for proposal in group["mergedFrom"]]
        for group in answer["cycle"]["groups"]["nodes"]
    ]
    assert titles == [
        ["Artificial Intelligence", "Big Data Analysis in the Cloud Environment"],
        [],
        [],
        [],
    ]


def _group(theme: str, state: str = "APPROVED") -> dict[str, object]:
    return {
        "name": f"BPF on {theme}",
        "state": state,
        "commentWindow": SIX_WEEKS_TO_THE_END,
    }


def _proposal(
    title: str,
    kind: str = "BPF",
    *,
    new: bool,
    reported: int | None = None,
    computed: int | None = None,
) -> dict[str, object]:
    return {
        "title": title,
        "state": "MOOTED",
        "groupKind": {"key": kind},
        "isNew": new,
        "yearOfTheme": {"reported": reported, "computed": computed},
    }
