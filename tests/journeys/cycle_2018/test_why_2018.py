"""Why were there four? The chain that the record has, and what no source tells."""

from typing import Any

import pytest

from tests.graphql.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHY = """
query ($id: ID!, $at: AsOfInput) { why(subject: $id, asOf: $at) { steps {
  number reasonOf kind text status facts { name number word }
  subject { ... on Decision { statement } ... on Group { name } ... on Proposal { title }
    ... on Meeting { label } ... on Deviation { ruleKey role } ... on Source { key } }
  event { provenance { ground } } } } }
"""
IDS = """
{ cycle(year: 2018) { id bpfCap { id } groups(kind: "BPF", first: 1) { nodes {
    id commentWindow { id } } } } }
"""


async def test_why_there_were_four_in_2018(anyone: Client) -> None:
    cycle = (await anyone.ask(IDS))["cycle"]

    steps = (await anyone.ask(WHY, id=cycle["id"]))["why"]["steps"]

    assert lines(steps) == [
        "ASKED",
        "  APPROVALS approved 4, cap 4",
        "    DECISION Four Best Practice F INFERRED",
        "      METHOD NOT_IN_SOURCES",
        "      RATIONALE NOT_IN_SOURCES",
        "      ASSESSMENT NOT_IN_SOURCES",
        "    GROUP BPF on Internet of T INFERRED",
        "      PROPOSAL Artificial Intellige INFERRED",
        "        MERGED Artificial Intellige IMPORTED",
        "        MERGED Big Data Analysis in IMPORTED",
        "        DEVIATION NOT_IN_SOURCES MERGER_AGREED INFERRED",
        "    GROUP BPF on Cybersecurity INFERRED",
        "      PROPOSAL Cybersecurity IMPORTED",
        "    GROUP BPF on Gender and Ac INFERRED",
        "      PROPOSAL Gender and Access IMPORTED",
        "    GROUP BPF on Local Content INFERRED",
        "      PROPOSAL Local Content IMPORTED",
        "  RULE policy BPF_CAP, value 4 INFERRED",
        "    DECISION There are at most fo INFERRED",
        "      METHOD NOT_IN_SOURCES",
        "      RATIONALE NOT_IN_SOURCES",
        "  SUPERSEDED_RULE policy BPF_CAP, value 3 IMPORTED",
        "    DECISION There are at most th IMPORTED",
        "      MEETING First Open Consultat IMPORTED",
        "      METHOD NOT_IN_SOURCES",
        "      RATIONALE GIVEN Best Practice Forums take resources.",
    ]


async def test_on_4_april_there_was_a_cap_of_three_and_nothing_approved(anyone: Client) -> None:
    cycle = (await anyone.ask(IDS))["cycle"]
    at = {"occurred": "2018-04-05T00:00:00Z"}

    steps = (await anyone.ask(WHY, id=cycle["id"], at=at))["why"]["steps"]

    assert lines(steps)[:4] == [
        "ASKED",
        "  APPROVALS approved 0, cap 3",
        "  RULE policy BPF_CAP, value 3 IMPORTED",
        "    DECISION There are at most th IMPORTED",
    ]


async def test_why_a_window_of_2018_opens_on_its_day(anyone: Client) -> None:
    [group] = (await anyone.ask(IDS))["cycle"]["groups"]["nodes"]

    steps = (await anyone.ask(WHY, id=group["commentWindow"]["id"]))["why"]["steps"]

    assert lines(steps) == [
        "ASKED",
        "  DAYS_BEFORE days 42, opens_on 2018-10-01, closes_on 2018-11-14",
        "    MEETING_DAYS starts_on 2018-11-12, ends_on 2018-11-14 IMPORTED",
        "    POLICY policy COMMENT_WINDOW_WEEKS, weeks 6 IMPORTED",
        "      RULE policy COMMENT_WINDOW_WEEKS, value 6 IMPORTED",
        "        DECISION NOT_IN_SOURCES",
        "        SOURCE bpf-background-note- IMPORTED",
        "  CAUSE IMPORTED",
    ]


def lines(steps: list[dict[str, Any]]) -> list[str]:
    """The chain as indented lines."""
    depths: dict[int | None, int] = {None: -1}
    found: list[str] = []
    for step in steps:
        depth = depths[step["number"]] = depths[step["reasonOf"]] + 1
        found.append("  " * depth + " ".join(filter(None, words(step))))
    return found


def words(step: dict[str, Any]) -> list[str | None]:
    """What a step says; of what is asked about its kind alone."""
    if step["kind"] == "ASKED":
        return [step["kind"]]
    subject: dict[str, str] = step["subject"] or {}
    facts = [
        f"{one['name']} {one['word'] if one['number'] is None else one['number']}"
        for one in step["facts"]
    ]
    return [
        step["kind"],
        step["status"],
        None if step["kind"] == "DEVIATION" else ", ".join(facts),
        step["text"],
        next(iter(subject.values()), "")[:20].strip(),
        step["event"] and step["event"]["provenance"]["ground"],
    ]
