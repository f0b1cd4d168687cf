"""The timeline: instants have positions, parts of the time have numbers of events."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import pytest_asyncio

from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

TIMELINE = """query ($since: DateTime, $until: DateTime, $buckets: Int! = 1, $asOf: AsOfInput) {
  timeline(since: $since, until: $until, buckets: $buckets, asOf: $asOf) {
    earliest { position recordedAt } head { position recordedAt }
    buckets { begins count position } milestones { position name stream } } }"""
PAGE = """query ($last: Int, $before: String, $first: Int! = 20, $after: String, $stream: ID,
    $since: DateTime, $until: DateTime) {
  auditTrail(last: $last, before: $before, first: $first, after: $after, stream: $stream,
      since: $since, until: $until) {
    totalCount nodes { position recordedAt }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def recorded(postgres: str, template: str) -> AsyncGenerator[tuple[Server, ForumScenario]]:
    """A server of this file's own, with a draft that has comments."""
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn) as server,
        forum_scenario(server) as scenario,
    ):
        draft = await scenario.publish(await scenario.establish())
        for number in range(8):
            await scenario.comment(draft, f"{number}.")
        await server.caught_up()
        yield server, scenario


@pytest.fixture
def api(recorded: tuple[Server, ForumScenario]) -> Client:
    """A client of the server."""
    return recorded[1].commenter


async def events(api: Client) -> list[tuple[int, datetime]]:
    """Every event with its time."""
    nodes = (await api.ask(PAGE, first=100))["auditTrail"]["nodes"]
    return [(one["position"], datetime.fromisoformat(one["recordedAt"])) for one in nodes]


async def test_parts_hold_every_event_once(api: Client) -> None:
    every = await events(api)

    for buckets in (1, 2, 7, 200):
        line = (await api.ask(TIMELINE, buckets=buckets))["timeline"]
        assert len(line["buckets"]) == buckets
        assert sum(one["count"] for one in line["buckets"]) == len(every)
        assert line["buckets"][-1]["position"] == line["head"]["position"] == len(every)
        begins = [datetime.fromisoformat(one["begins"]) for one in line["buckets"]]
        for (begin, end), bucket in zip(pairwise(begins), line["buckets"], strict=False):
            assert bucket["count"] == sum(begin <= at < end for _, at in every)


async def test_time_is_narrowed_to_what_the_record_has(api: Client) -> None:
    every = await events(api)
    middle = every[len(every) // 2][1]
    far = timedelta(days=3_000)

    later = (await api.ask(TIMELINE, since=middle.isoformat(), buckets=3))["timeline"]
    earlier = (await api.ask(TIMELINE, until=middle.isoformat(), buckets=3))["timeline"]
    before = (await api.ask(TIMELINE, until=(every[0][1] - far).isoformat()))["timeline"]
    after = (await api.ask(TIMELINE, since=(every[-1][1] + far).isoformat()))["timeline"]
    first_year = (await api.ask(TIMELINE, since="0001-01-01T00:00:00Z"))["timeline"]

    assert sum(one["count"] for one in later["buckets"]) == sum(at >= middle for _, at in every)
    assert sum(one["count"] for one in earlier["buckets"]) == sum(at < middle for _, at in every)
    assert [one["buckets"][0]["count"] for one in (before, after)] == [0, 0]
    assert first_year["buckets"][0]["count"] == len(every)


async def test_instant_has_the_last_position_that_was_recorded_by_then(api: Client) -> None:
    query = "query ($at: DateTime!) { timeline { position(at: $at) } }"
    for position, at in await events(api):
        found = (await api.ask(query, at=at.isoformat()))["timeline"]["position"]
        assert found >= position
        just_before = (at - timedelta(microseconds=1)).isoformat()
        assert (await api.ask(query, at=just_before))["timeline"]["position"] < position


async def test_past_state_has_the_timeline_that_it_had(api: Client) -> None:
    line = (await api.ask(TIMELINE, asOf={"position": 5}, buckets=4))["timeline"]

    assert line["head"]["position"] == 5
    assert sum(one["count"] for one in line["buckets"]) == 5
    assert await api.codes(TIMELINE, asOf={"occurred": datetime.now(UTC).isoformat()}) == [
        "BAD_AS_OF"
    ]


async def test_last_milestones_are_as_many_as_wanted(api: Client) -> None:
    query = "query ($first: Int!) { timeline { milestones(first: $first) { position } } }"
    every = (await api.ask(query, first=100))["timeline"]["milestones"]

    assert (await api.ask(query, first=2))["timeline"]["milestones"] == every[-2:]
    assert await api.codes(query, first=101) == ["BAD_PAGE"]


async def test_decisions_and_drafts_are_milestones(
    api: Client, recorded: tuple[Server, ForumScenario]
) -> None:
    line = (await api.ask(TIMELINE))["timeline"]
    names = [one["name"] for one in line["milestones"]]
    positions = [one["position"] for one in line["milestones"]]

    assert {"Cycle.Opened", "Decision.Recorded", "Draft.Published"} == {*names}
    assert positions == sorted(positions)
    past = (await api.ask(TIMELINE, asOf={"position": positions[-1] - 1}))["timeline"]
    assert [one["position"] for one in past["milestones"]] == positions[:-1]


async def test_audit_trail_is_paged_from_its_end(api: Client) -> None:
    every = [position for position, _ in await events(api)]
    seen: list[int] = []
    before = None
    while True:
        page = (await api.ask(PAGE, last=4, before=before))["auditTrail"]
        seen = [*(one["position"] for one in page["nodes"]), *seen]
        assert page["totalCount"] == len(every)
        assert page["pageInfo"]["hasNextPage"] is (before is not None)
        before = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break

    assert seen == every


async def test_events_of_a_stream_are_paged_from_their_end(
    api: Client, recorded: tuple[Server, ForumScenario]
) -> None:
    scenario = recorded[1]
    group = await scenario.establish()
    for number in range(3):
        await scenario.secretariat.do(
            "renameGroup", group=group, name=f"{number}", decision=await scenario.mandate()
        )
    await recorded[0].caught_up()
    forward = (await api.ask(PAGE, stream=group))["auditTrail"]
    end = (await api.ask(PAGE, stream=group, last=2))["auditTrail"]
    begin = await api.ask(PAGE, stream=group, last=2, before=end["pageInfo"]["startCursor"])

    positions = [one["position"] for one in forward["nodes"]]
    assert [one["position"] for one in end["nodes"]] == positions[2:]
    assert [one["position"] for one in begin["auditTrail"]["nodes"]] == positions[:2]
    assert end["pageInfo"]["hasPreviousPage"] is True
    assert begin["auditTrail"]["pageInfo"]["hasPreviousPage"] is False


async def test_audit_trail_of_a_time_has_what_was_recorded_in_it(api: Client) -> None:
    every = await events(api)
    since, until = every[3][1], every[9][1]
    expected = [position for position, at in every if since <= at < until]

    page = (await api.ask(PAGE, since=since.isoformat(), until=until.isoformat()))["auditTrail"]
    last = await api.ask(PAGE, since=since.isoformat(), until=until.isoformat(), last=2)

    assert [one["position"] for one in page["nodes"]] == expected
    assert page["totalCount"] == len(expected)
    assert [one["position"] for one in last["auditTrail"]["nodes"]] == expected[-2:]
    assert await api.codes(PAGE, since=until.isoformat(), until=since.isoformat()) == ["BAD_PERIOD"]
