"""What the source of 4 April 2018 has wrong or leaves open, and how the record tells it."""

from typing import Any

import pytest

from intersessional.infra.backend import Backend
from tests.graphql.client import Client
from tests.journeys.cycle_2018.history import END_OF_THE_FOURTH, cycle

pytestmark = pytest.mark.asyncio(loop_scope="session")

SESSION_FORMATS = """
query ($at: AsOfInput) { cycle(year: 2018, asOf: $at) { workingGroups(first: 20) { nodes {
  group { id name reports { nodes { annualMeetingYears } } } } } } }
"""
EVENTS_OF_GROUP = """
query ($id: ID!) { group(id: $id) { history(first: 20) { nodes {
  name position data provenance { ground sources { key place } }
  correction { corrects { position } reason changes { name before after } } } } } }
"""


async def session_formats(anyone: Client, position: int | None = None) -> dict[str, Any]:
    """The Working Group on New Session Formats, with its reports, as of a position or now."""
    at = None if position is None else {"position": position}
    nodes = (await anyone.ask(SESSION_FORMATS, at=at))["cycle"]["workingGroups"]["nodes"]
    [found] = [one["group"] for one in nodes if one["group"]["name"].endswith("(WG-NSF)")]
    return dict(found)


def years_of(group: dict[str, Any]) -> list[list[int]]:
    return [one["annualMeetingYears"] for one in group["reports"]["nodes"]]


async def test_2016_and_2018_for_new_session_formats_is_corrected_to_2016_and_2017(
    anyone: Client, backend: Backend
) -> None:
    now = await session_formats(anyone)
    events = (await anyone.ask(EVENTS_OF_GROUP, id=now["id"]))["group"]["history"]["nodes"]
    [recorded] = [one for one in events if one["name"] == "Group.Reported"]
    [corrected] = [one for one in events if one["correction"]]
    then = await session_formats(anyone, corrected["position"] - 1)

    assert (years_of(then), years_of(now)) == ([[2016, 2018]], [[2016, 2017]])
    assert recorded["provenance"]["ground"] == "IMPORTED"
    assert corrected["provenance"] == {
        "ground": "INFERRED",
        "sources": [{"key": "mag-summary-2018-04-04", "place": "paragraph 6"}],
    }
    correction = corrected["correction"]
    assert correction["corrects"] == {"position": recorded["position"]}
    assert "the annual meeting of 2018 had not been held" in correction["reason"]
    assert correction["changes"] == [
        {"name": "annual_meeting_years.1", "before": "2018", "after": "2017"}
    ]
    [row] = await backend.log.by_position([recorded["position"]])
    assert b'"annual_meeting_years":[2016,2018]' in row.state
    assert recorded["data"]["annual_meeting_years"] == [2016, 2018]


async def test_words_that_a_machine_read_wrongly_stay_beside_what_was_put_right(
    backend: Backend,
) -> None:
    fields = """documents { nodes { versions { text rawText sha256 }
        firstEvent { provenance { sources { key } } } } }"""

    documents = (await cycle(backend, fields))["documents"]["nodes"]

    [[copy, provenance]] = [
        (one, document["firstEvent"]["provenance"])
        for document in documents
        for one in document["versions"]
        if one["rawText"]
    ]
    pairs = zip(copy["rawText"].split("\n"), copy["text"].split("\n"), strict=True)
    assert list(pairs) == [
        ("Annex Il", "Annex II"),
        ("unigque", "unique"),
        ("linquistic", "linguistic"),
        ("Reqgulation", "Regulation"),
        ("CSIRTSs", "CSIRTs"),
        ("© N OA", "4. 5. 6. 7. 8."),
    ]
    assert copy["sha256"].startswith("ef060a193263294f")
    assert provenance["sources"] == [{"key": "bpf-background-note-2018-04-03"}]


async def test_meeting_of_19_to_22_march_has_the_days_of_the_other_source_in_a_note(
    backend: Backend,
) -> None:
    fields = """meetings { nodes { held { at precision } note
        firstEvent { provenance { sources { key } } } } }"""

    march = (await cycle(backend, fields))["meetings"]["nodes"][0]

    assert march["held"] == {"at": "2018-03-19/2018-03-22", "precision": "PERIOD"}
    assert "gives 19 to 22 March; the IGF's site gives 20 to 22 March" in " ".join(
        march["note"].split()
    )
    assert [one["key"] for one in march["firstEvent"]["provenance"]["sources"]] == [
        "mag-summary-2018-04-04",
        "igf-2018-preparatory-activities",
        "igf-2018-first-open-consultations",
    ]


async def test_meeting_without_a_clock_time_has_the_day_alone(backend: Backend) -> None:
    fields = "meetings { nodes { held { at precision } began { at precision } ended { at } } }"

    virtual = (await cycle(backend, fields))["meetings"]["nodes"][1]

    day = {"at": "2018-04-04", "precision": "DAY"}
    assert virtual == {"held": day, "began": day, "ended": None}


async def test_following_year_of_the_timeline_is_the_text_of_a_rule_and_no_date(
    backend: Backend,
) -> None:
    fields = """policy(key: "BPF_SELECTION") { value days text decision { id }
        since { at } source { key } }"""

    rule = (await cycle(backend, fields, END_OF_THE_FOURTH))["policy"]

    assert "for the following year" in rule.pop("text")
    assert rule == {
        "value": None,
        "days": None,
        "decision": None,
        "since": {"at": "2018-04-03"},
        "source": {"key": "bpf-background-note-2018-04-03"},
    }


async def test_cenb_is_not_counted_under_the_cap_as_its_kind_says(backend: Backend) -> None:
    fields = "bpfCap { value } bpfCapUsed groups(first: 20) { nodes { kind { key cappedBy } } }"

    answer = await cycle(backend, fields)

    kinds = [one["kind"] for one in answer["groups"]["nodes"]]
    assert (answer["bpfCap"]["value"], answer["bpfCapUsed"]) == (4, 4)
    assert {one["key"]: one["cappedBy"] for one in kinds} == {
        "BPF": "BPF_CAP",
        "CENB": None,
        "WORKING_GROUP": None,
    }


async def test_statistic_with_one_number_is_an_order_without_the_others(backend: Backend) -> None:
    fields = """calls(of: "issues") { nodes { statistic(dimension: REGION) {
        isOrdinal total sum rows { rank value } } } }"""

    [call] = (await cycle(backend, fields, END_OF_THE_FOURTH))["calls"]["nodes"]

    assert call["statistic"] == {
        "isOrdinal": True,
        "total": None,
        "sum": None,
        "rows": [
            {"rank": 1, "value": 35},
            {"rank": 2, "value": None},
            {"rank": 3, "value": None},
            {"rank": 4, "value": None},
        ],
    }


async def test_second_year_that_the_source_claims_is_the_third_that_is_computed(
    backend: Backend,
) -> None:
    fields = "proposals { nodes { title yearOfTheme { reported computed differ } } }"

    proposals = (await cycle(backend, fields, END_OF_THE_FOURTH))["proposals"]["nodes"]

    years = {
        one["title"]: tuple(one["yearOfTheme"].values())
        for one in proposals
        if one["yearOfTheme"] and one["yearOfTheme"]["reported"]
    }
    assert years == {
        "Cybersecurity": (2, 3, True),
        "Local Content": (2, 3, True),
        "Gender and Access": (4, 4, False),
    }


async def test_cap_was_superseded_by_inference_without_an_invented_reason(
    backend: Backend,
) -> None:
    fields = """bpfCap { value rationale rationaleStatus
      decision { meeting { label } method announcedBy { id } firstEvent { provenance { ground } } }
      supersedes { value rationaleStatus supersedes { value }
        decision { firstEvent { provenance { ground } }
          meeting { kind ordinal held { at } } } } }"""

    cap = (await cycle(backend, fields))["bpfCap"]

    assert cap == {
        "value": 4,
        "rationale": None,
        "rationaleStatus": "NOT_IN_SOURCES",
        "decision": {
            "meeting": None,
            "method": None,
            "announcedBy": None,
            "firstEvent": {"provenance": {"ground": "INFERRED"}},
        },
        "supersedes": {
            "value": 3,
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


async def test_agenda_of_4_april_is_said_to_be_missing(backend: Backend) -> None:
    fields = """meetings { nodes { kind ordinal agenda { state set { at } items { totalCount }
        firstEvent { provenance { sources { key place } } } } } }"""

    agendas = {
        (one["kind"], one["ordinal"]): one["agenda"]
        for one in (await cycle(backend, fields))["meetings"]["nodes"]
    }

    assert agendas.pop(("VIRTUAL", 1)) == {
        "state": "NOT_IN_SOURCES",
        "set": None,
        "items": {"totalCount": 0},
        "firstEvent": {
            "provenance": {"sources": [{"key": "mag-summary-2018-04-04", "place": "paragraph 1"}]}
        },
    }
    assert set(agendas.values()) == {None}
