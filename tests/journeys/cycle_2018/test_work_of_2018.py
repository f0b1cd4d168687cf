"""The work of the groups of 2018: who did it, what they asked for, drafts, sessions, numbers."""

import pytest

from intersessional.infra.backend import Backend
from tests.journeys.cycle_2018.history import cycle

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_draft_outputs_have_addresses_and_no_source_has_their_days(backend: Backend) -> None:
    fields = """documents { nodes { kind title body { group { name } }
        versions { label dated { at precision } source { location } text } } }"""

    documents = (await cycle(backend, fields))["documents"]["nodes"]

    outputs = [one for one in documents if one["kind"] == "OUTPUT"]
    versions = [one["versions"][0] for one in outputs]
    assert [one["source"]["location"].rsplit("/", 1)[-1] for one in versions] == [
        "6608",
        "7038",
        "7048",
        "media-content",
    ]
    assert {one["dated"]["precision"] for one in versions} == {"PERIOD"}
    assert {one["text"] for one in versions} == {None}
    assert outputs[2]["body"]["group"]["name"].endswith("(CENB IV)")


async def test_common_deadlines_were_asked_for_on_13_june(backend: Backend) -> None:
    fields = """documents { nodes { title firstEvent { occurred { at } }
        routes { recipient { kind name } } } }"""

    documents = (await cycle(backend, fields))["documents"]["nodes"]

    [asked] = [one for one in documents if one["title"].startswith("Common procedures")]
    assert asked["firstEvent"]["occurred"] == {"at": "2018-06-13"}
    assert [one["recipient"] for one in asked["routes"]] == [
        {"kind": "MAG", "name": None},
        {"kind": "OTHER", "name": "Dynamic Coalitions"},
    ]


async def test_calls_of_groups_have_their_last_day_where_a_source_gives_it(
    backend: Backend,
) -> None:
    fields = """calls { nodes { of group { name } closes { at }
        statistic(dimension: QUANTITY) { asOf { at } rows { key value } sum leaders } } }"""

    calls = {one.pop("of"): one for one in (await cycle(backend, fields))["calls"]["nodes"]}

    assert {of: one["closes"] and one["closes"]["at"] for of, one in calls.items()} == {
        "issues": "2018-04-13",
        "contributions": "2018-09-15",
        "survey": "2018-10-15",
        "comments": None,
    }
    assert calls["contributions"]["statistic"] == {
        "asOf": {"at": "2018-09-25"},
        "rows": [{"key": "RESPONSES", "value": 14}],
        "sum": None,
        "leaders": [],
    }


async def test_annual_meeting_in_numbers_is_two_dated_claims(backend: Backend) -> None:
    fields = """statistics(dimension: QUANTITY) { nodes { asOf { at } total
        rows { key value isLowerBound } firstEvent { provenance { sources { key } } } } }"""

    meeting, members = (await cycle(backend, fields))["statistics"]["nodes"]

    assert {one["key"]: (one["value"], one["isLowerBound"]) for one in meeting["rows"]} == {
        "DELEGATES": (3000, True),
        "SESSIONS": (171, False),
        "COUNTRIES": (143, False),
    }
    assert (meeting["asOf"], meeting["total"]) == ({"at": "2018-11-12/2018-11-14"}, None)
    assert members["rows"] == [{"key": "MAG_MEMBERS", "value": 55, "isLowerBound": False}]
    assert members["firstEvent"]["provenance"]["sources"] == [
        {"key": "childrens-rights-digital-2018-07-17"}
    ]


async def test_sessions_have_the_times_that_sources_give(backend: Backend) -> None:
    fields = """groups(first: 20) { nodes { name sessions { nodes {
        state planned { at } durationMinutes timeZone venue began { at } } } } }"""

    groups = (await cycle(backend, fields))["groups"]["nodes"]

    sessions = {one["name"]: one["sessions"]["nodes"] for one in groups if one["sessions"]["nodes"]}
    [cybersecurity] = sessions.pop("BPF on Cybersecurity")
    [local] = sessions.pop("BPF on Local Content")
    assert sessions == {}
    assert cybersecurity == {
        "state": "HELD",
        "planned": {"at": "2018-11-14T08:10:00.000000Z"},
        "durationMinutes": 90,
        "timeZone": "Europe/Paris",
        "venue": "Salle XII",
        "began": {"at": "2018-11-14"},
    }
    assert (local["state"], local["planned"]) == (
        "SCHEDULED",
        {"at": "2018-11-13T14:00:00.000000Z"},
    )


async def test_debates_on_lists_are_questions_with_inferred_answers(backend: Backend) -> None:
    fields = """questions { nodes { question state raised { at }
        answers { answered { at } text } } }"""

    questions = (await cycle(backend, fields))["questions"]["nodes"]

    asked = [one for one in questions if one["raised"]["at"] > "2018-05"]
    assert [(one["state"], one["raised"]["at"]) for one in asked] == [
        ("ANSWERED", "2018-05-04"),
        ("ANSWERED", "2018-08-13"),
    ]
    assert all("not found" in one["answers"][0]["text"] for one in asked)
