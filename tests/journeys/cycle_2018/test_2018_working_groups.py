"""The working groups of 2018: what they wished on 4 April, and what became of it."""

from typing import Any

import pytest

from tests.graphql.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOARD = """
query ($at: AsOfInput) { cycle(year: 2018, asOf: $at) { groups { totalCount }
  workingGroups(first: 50) { totalCount nodes { state
    wish { kind body { kind name group { name } } stated { at } meeting { label } }
    lastReport { id } group { name state
      drafting: draftingTeam { task members { displayName } } } } } } }
"""

PROPOSED = """
query ($at: AsOfInput) { cycle(year: 2018, asOf: $at) {
  workingGroups(first: 6) { nodes { group {
    name remit state proposedBy { displayName } proposalMeeting { label } decision { statement }
    names(first: 3) { nodes { name } } years { state cycle { year } wish { kind } } } } } } }
"""


async def board(anyone: Client, at: str | None = None) -> dict[str, Any]:
    """The working groups of 2018 by their short names, as of an instant or now."""
    answer = await anyone.ask(BOARD, at=None if at is None else {"occurred": at})
    return {short(one["group"]["name"]): one for one in answer["cycle"]["workingGroups"]["nodes"]}


def short(name: str) -> str:
    """The name in brackets, where there is one."""
    return name.split("(")[-1].removesuffix(")").removeprefix("WG-")


async def test_on_5_april_2018_five_working_groups_had_stated_their_wishes(anyone: Client) -> None:
    found = await board(anyone, "2018-04-05T00:00:00Z")

    wishes = {
        name: (one["wish"]["kind"], one["wish"]["body"] and one["wish"]["body"]["kind"])
        for name, one in found.items()
    }
    assert wishes == {
        "MWP": ("CONTINUE", None),
        "Working Group on Fundraising": ("NEW", None),
        "IMP": ("CONTINUE", None),
        "WREP": ("CONTINUE", None),
        "NSF": ("PASS_ON", "MAG"),
    }
    assert {one["state"] for name, one in found.items() if "Fund" not in name} == {"REPORTING"}
    assert found["Working Group on Fundraising"]["state"] == "PROPOSED"
    stated = {
        (one["wish"]["stated"]["at"], one["wish"]["meeting"]["label"]) for one in found.values()
    }
    assert stated == {("2018-04-04", "First virtual MAG meeting")}


async def test_the_working_groups_that_were_approved_later_are_these(anyone: Client) -> None:
    found = await board(anyone)

    assert {name: one["state"] for name, one in found.items()} == {
        "FUN": "ACTIVE",
        "IMP": "RENEWED",
        "MWP": "RENEWED",
        "OE": "ACTIVE",
        "WREP": "RENEWED",
        "NSF": "REPORTING",
    }
    assert found["OE"]["wish"] is None
    assert [name for name, one in found.items() if one["lastReport"]] == ["NSF"]


async def test_no_group_of_the_cycle_was_established_on_5_april(anyone: Client) -> None:
    answer = await anyone.ask(BOARD, at={"occurred": "2018-04-05T00:00:00Z"})

    assert answer["cycle"]["groups"]["totalCount"] == 0
    assert answer["cycle"]["workingGroups"]["totalCount"] == 5


async def test_the_drafting_team_has_a_task_and_no_source_names_its_members(
    anyone: Client,
) -> None:
    found = await board(anyone, "2018-04-05T00:00:00Z")

    teams = {name: one["group"]["drafting"] for name, one in found.items()}
    assert teams.pop("MWP") == {
        "task": "A document on the mandate that the Tunis Agenda gives.",
        "members": [],
    }
    assert set(teams.values()) == {None}


async def test_the_group_on_fundraising_has_one_id_from_its_proposal_on(anyone: Client) -> None:
    now = (await anyone.ask(PROPOSED))["cycle"]["workingGroups"]["nodes"]

    [fun] = [one["group"] for one in now if one["group"]["name"].endswith("(WG-FUN)")]
    assert fun["state"] == "APPROVED"
    assert fun["remit"].startswith("Ways of raising funds")
    assert (fun["proposedBy"], fun["proposalMeeting"]) == (
        [],
        {"label": "First virtual MAG meeting"},
    )
    assert fun["decision"]["statement"].startswith("Five working groups")
    assert [one["name"] for one in fun["names"]["nodes"]] == [
        "Working Group on Fundraising",
        "Working Group on Fundraising (WG-FUN)",
    ]
    assert fun["years"] == [{"state": "ACTIVE", "cycle": {"year": 2018}, "wish": {"kind": "NEW"}}]


async def test_first_documents_of_2018_are_the_note_and_minutes_that_no_source_has(
    anyone: Client,
) -> None:
    query = """{ cycle(year: 2018) { documents { nodes { kind missing title
      versions { label dated { at } source { key } text } routes { forwarded { at } } } } } }"""

    documents = (await anyone.ask(query))["cycle"]["documents"]["nodes"]

    weeks = """{ cycle(year: 2018) { policy(key: "COMMENT_WINDOW_WEEKS") { document { title } } }
      source(key: "bpf-background-note-2018-04-03") { documents { totalCount } } }"""
    found = await anyone.ask(weeks)
    note, minutes, *_ = documents
    assert found["cycle"]["policy"]["document"] == {"title": note["title"]}
    assert found["source"]["documents"] == {"totalCount": 1}
    [version] = note["versions"]
    assert (note["kind"], note["missing"]) == ("BACKGROUND_NOTE", False)
    assert version["source"] == {"key": "bpf-background-note-2018-04-03"}
    assert (version["dated"], version["text"]) == ({"at": "2018-04-03"}, None)
    assert (minutes["kind"], minutes["missing"], minutes["versions"]) == ("REPORT", True, [])
