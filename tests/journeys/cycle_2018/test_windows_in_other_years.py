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
