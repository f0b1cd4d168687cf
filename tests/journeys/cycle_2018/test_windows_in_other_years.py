"""When the drafts of other years were open for comment, as far as a source tells it."""

import pytest

from tests.graphql.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="session")

WINDOWS = """
query ($year: Int!) { cycle(year: $year) {
  windowSpread(observed: true) { windows min max days short }
  groups(first: 20) { nodes { name
    commentWindow { state daysBefore daysBeforeByRule opened { at } closed { at } } } } } }
"""


async def observed(anyone: Client, year: int) -> tuple[object, dict[str, tuple[object, ...]]]:
    """The spread of a year's windows, and the windows with an opening, by their groups."""
    cycle = (await anyone.ask(WINDOWS, year=year))["cycle"]
    windows = {one["name"]: one["commentWindow"] for one in cycle["groups"]["nodes"]}
    return cycle["windowSpread"], {
        name: (one["daysBefore"], one["opened"]["at"], one["closed"] and one["closed"]["at"])
        for name, one in windows.items()
        if one and one["opened"]
    }


async def test_in_2014_drafts_of_five_forums_were_open_until_after_the_meeting(
    anyone: Client,
) -> None:
    cycle = (await anyone.ask(WINDOWS, year=2014))["cycle"]

    windows = [one["commentWindow"] for one in cycle["groups"]["nodes"]]
    assert len(windows) == 5
    assert {(one["opened"], one["closed"]["at"]) for one in windows} == {(None, "2014-09-15")}
    meeting = """{ cycle(year: 2014) { annualMeeting { startsOn endsOn }
        continuationReports { totalCount } } }"""
    assert (await anyone.ask(meeting))["cycle"] == {
        "annualMeeting": {"startsOn": "2014-09-02", "endsOn": "2014-09-05"},
        "continuationReports": {"totalCount": 0},
    }


async def test_in_2015_who_could_contribute_until_when_stands_in_calls(anyone: Client) -> None:
    query = """{ cycle(year: 2015) { windowSpread(observed: true) { windows }
        calls { nodes { of text closes { at } group { name commentWindow { closed { at } } } } }
        documents { nodes { versions { label dated { at } } } }
        continuationReports(first: 9) { nodes { state } } } }"""

    cycle = (await anyone.ask(query))["cycle"]

    assert cycle["windowSpread"] is None
    [contributions, comments, papers, ratings] = cycle["calls"]["nodes"]
    assert [contributions["closes"]["at"], comments["closes"]["at"]] == ["2015-10-03", "2015-10-16"]
    assert "Dynamic Coalitions" in contributions["text"]
    assert comments["group"] == {
        "name": "Connecting the Next Billion, phase I",
        "commentWindow": {"closed": {"at": "2015-10-16"}},
    }
    assert (papers["closes"]["at"], ratings["closes"]["at"]) == ("2015-11-09", "2015-12-31")
    [document] = cycle["documents"]["nodes"]
    assert [one["dated"]["at"] for one in document["versions"]] == ["2015-08-25", "2015-10-01"]
    assert {one["state"] for one in cycle["continuationReports"]["nodes"]} == {"NOT_ON_RECORD"}


async def test_initiative_on_the_next_billion_has_four_phases_one_from_the_other(
    anyone: Client,
) -> None:
    query = """{ cycle(year: 2018) { groups(kind: "CENB") { nodes { lineage {
        kind isRecorded group { cycle { year } } earlier { name cycle { year } } } } }
        proposals(first: 9) { nodes { phaseOfInitiative { reported computed } } } } }"""

    cycle = (await anyone.ask(query))["cycle"]

    [fourth] = cycle["groups"]["nodes"]
    steps = [one for one in fourth["lineage"] if one["earlier"]]
    assert [(one["kind"], one["earlier"]["cycle"]["year"]) for one in steps] == [
        ("CONTINUES", 2017)
    ]
    phases = [one["phaseOfInitiative"] for one in cycle["proposals"]["nodes"]]
    assert [one for one in phases if one] == [{"reported": 4, "computed": 4}]


async def test_in_2016_the_forums_opened_34_days_before_and_the_cenb_7(anyone: Client) -> None:
    spread, windows = await observed(anyone, 2016)

    forum = (34, "2016-11-02", "2016-12-06")
    assert windows == {
        "BPF on Cybersecurity": forum,
        "BPF on Gender and Access": forum,
        "BPF on Internet Exchange Points (IXPs)": forum,
        "BPF on IPv6": forum,
        "Connecting and Enabling the Next Billion(s), phase II (CENB II)": (
            7,
            "2016-11-29",
            "2016-12-14",
        ),
    }
    assert spread == {"windows": 5, "min": 7, "max": 34, "days": 27, "short": 5}


async def test_in_2017_local_content_opened_6_days_before(anyone: Client) -> None:
    _, windows = await observed(anyone, 2017)

    assert windows == {"BPF on Local Content": (6, "2017-12-12", None)}


async def test_in_2019_two_forums_opened_13_days_before(anyone: Client) -> None:
    spread, windows = await observed(anyone, 2019)

    assert [days for days, _, _ in windows.values()] == [13, 13]
    assert spread == {"windows": 2, "min": 13, "max": 13, "days": 0, "short": 2}


async def test_in_2018_the_windows_were_due_42_days_before_and_no_source_tells_more(
    anyone: Client,
) -> None:
    spread, windows = await observed(anyone, 2018)

    assert (spread, windows) == (None, {})
    cycle = (await anyone.ask(WINDOWS, year=2018))["cycle"]
    due = [one["commentWindow"] for one in cycle["groups"]["nodes"] if one["commentWindow"]]
    assert {(one["daysBefore"], one["daysBeforeByRule"]) for one in due} == {(42, 42)}
