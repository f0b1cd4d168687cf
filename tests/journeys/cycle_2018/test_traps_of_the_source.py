"""What the source of 4 April 2018 has wrong or leaves open, and how the record tells it."""

from typing import Any

import pytest

from intersessional.infra.backend import Backend
from tests.graphql.client import Client

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
