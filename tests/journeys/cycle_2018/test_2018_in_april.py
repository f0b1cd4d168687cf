"""The state of the cycle on 4 April 2018."""

import json
from collections import Counter

import pytest

from intersessional.infra.backend import Backend
from tests.journeys.cycle_2018.history import END_OF_THE_FOURTH, cycle

pytestmark = pytest.mark.asyncio(loop_scope="session")


EVERYTHING = """
annualMeeting { status place condition within { at } startsOn endsOn timeZone }
bpfCap { value rationale supersedes { value } decision { statement } }
meetings(first: 50) { nodes { label note summary held { at } } }
proposals(first: 50) { nodes { title state decision { statement } group { name }
  mergedFrom { title } mergedInto { title } theme { years { year title } } } }
decisions(first: 50) { nodes { statement rationale kinds } }
groups(first: 50) { totalCount nodes { name names { nodes { name } } } }
"""


async def test_annual_meeting_on_4_april_is_a_hope_for_asia(backend: Backend) -> None:
    fields = "annualMeeting { status place condition within { at precision } startsOn timeZone }"

    answer = await cycle(backend, fields, END_OF_THE_FOURTH)

    assert answer["annualMeeting"] == {
        "status": "TENTATIVE",
        "place": "Asia",
        "condition": "Early in December, if a meeting in Asia can be agreed on.",
        "within": {"at": "2018-12", "precision": "MONTH"},
        "startsOn": None,
        "timeZone": None,
    }


async def test_agreements_on_4_april_are_three(backend: Backend) -> None:
    fields = """decisions(kind: PROCEDURE) {
      nodes { statement meeting { label } method outcomes { kind } } }"""

    agreed = (await cycle(backend, fields, END_OF_THE_FOURTH))["decisions"]["nodes"]

    words = ["in writing before the next virtual meeting", "ad-hoc group", "about every two weeks"]
    assert len(agreed) == len(words)
    for decision, word in zip(agreed, words, strict=True):
        assert word in decision["statement"]
        assert decision["meeting"] == {"label": "First virtual MAG meeting"}
        assert (decision["method"], decision["outcomes"]) == (None, [])


async def test_decisions_by_4_april_are_the_cap_and_the_three_agreements(
    backend: Backend,
) -> None:
    fields = "decisions { totalCount } agreed: decisions(kind: PROCEDURE) { totalCount }"

    answer = await cycle(backend, fields, END_OF_THE_FOURTH)

    assert answer == {"decisions": {"totalCount": 4}, "agreed": {"totalCount": 3}}


async def test_state_on_4_april_shows_nothing_later(backend: Backend) -> None:
    then = json.dumps(await cycle(backend, EVERYTHING, END_OF_THE_FOURTH))
    now = json.dumps(await cycle(backend, EVERYTHING))

    for later in ("Paris", "UNESCO", "Internet of Things", "CENB IV", "APPROVED", "four Best"):
        assert later in now
        assert later not in then
    assert (await cycle(backend, EVERYTHING, END_OF_THE_FOURTH))["groups"]["totalCount"] == 0


async def test_events_that_may_have_happened_by_then_are_uncertain(
    backend: Backend,
) -> None:
    uncertain = "uncertain { name occurred { at } provenance { sources { source { title } } } }"
    fields = f"{uncertain} meetings {{ nodes {{ ordinal {uncertain} }} }}"

    answer = await cycle(backend, fields, END_OF_THE_FOURTH)

    assert Counter(event["name"] for event in answer["uncertain"]) == {
        "AnnualMeeting.Confirmed": 1,
        "Cycle.GroupAdmitted": 5,
    }
    (_, virtual, _) = answer["meetings"]["nodes"]
    assert [event["name"] for event in virtual["uncertain"]] == ["Meeting.SummaryPublished"]
    for event in (*answer["uncertain"], *virtual["uncertain"]):
        assert all(cited["source"]["title"] for cited in event["provenance"]["sources"])


@pytest.mark.parametrize(
    ("instant", "cap", "used", "status"),
    [
        ("2018-03-22T12:00:00Z", None, 0, None),
        ("2018-03-23T00:00:00Z", 3, 0, None),
        ("2018-04-04T23:59:59Z", 3, 0, None),
        ("2018-05-31T23:59:59Z", 3, 0, "TENTATIVE"),
        ("2018-06-01T00:00:00Z", 4, 4, "TENTATIVE"),
        ("2018-07-17T23:59:59Z", 4, 4, "TENTATIVE"),
        ("2018-07-18T00:00:00Z", 4, 4, "CONFIRMED"),
    ],
)
async def test_fact_holds_from_the_end_of_the_period_in_its_source(
    backend: Backend, instant: str, cap: int | None, used: int, status: str | None
) -> None:
    answer = await cycle(backend, "bpfCap { value } bpfCapUsed annualMeeting { status }", instant)

    assert answer == {
        "bpfCap": cap and {"value": cap},
        "bpfCapUsed": used,
        "annualMeeting": status and {"status": status},
    }
