"""Comment windows in the API."""

import asyncio
from collections import Counter
from typing import Any, cast
from uuid import uuid4

from strawberry.types import ExecutionResult

from intersessional.domain.kernel.caller import ANONYMOUS
from intersessional.domain.kernel.ids import cycle_id
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.testing import Clock, RunningSystem
from intersessional.projections.kernel.reader import DocumentReader, EventReader
from tests.plugins.scenario import PluginScenario
from tests.plugins.system import running

NOW = "2027-03-01T12:00:00Z"
OPENS, CLOSES = "2027-10-03T22:00:00.000000Z", "2027-11-19T23:00:00.000000Z"
INSIDE = "2027-11-01T12:00:00Z"
AFTER = "2027-12-01T12:00:00Z"

_POST = """mutation ($input: PostCommentInput!) { postComment(input: $input) {
    __typename
    ... on CommentPosted { comment { draft { commentWindow { state } } } }
    ... on Refusal { code message }
    ... on WindowNotScheduled { group }
    ... on WindowNotOpen { state opensAt closesAt }
    ... on WindowClosed { openedAt closedAt } } }"""

_MAY = """query ($draft: ID!) { viewer { may { postComment(draft: $draft) {
    refusal { code ... on WindowClosed { closedAt } } } } } }"""

_WATCH = """subscription ($year: Int!, $after: Position) {
    windowEvents(year: $year, after: $after) {
        position event { name } node { state group { name } } } }"""


async def test_group_and_draft_show_their_window(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        one, _two = await scenario.establish("One", "Two", weeks=4)
        await scenario.draft(one)
        query = """{ cycle(year: 2027) { groups { nodes {
            name
            commentWindow { state opensAt closesAt opensOn closesOn timeZone daysBefore
                daysBeforeByRule opened { at } closed { at } isIllustration
                cause { name } group { name } }
            drafts { nodes { commentWindow { id } } } } } } }"""
        before = await system.query(query)
        await scenario.confirm("2027-11-15", "2027-11-19")

        after = await system.query(query)

        [nothing, _] = before["cycle"]["groups"]["nodes"]
        assert nothing["commentWindow"] is None
        assert nothing["drafts"]["nodes"] == [{"commentWindow": None}]
        [first, second] = after["cycle"]["groups"]["nodes"]
        assert first["commentWindow"] == {
            "state": "SCHEDULED",
            "opensAt": "2027-10-17T22:00:00.000000Z",
            "closesAt": CLOSES,
            "opensOn": "2027-10-18",
            "closesOn": "2027-11-19",
            "timeZone": "Europe/Paris",
            "daysBefore": 28,
            "daysBeforeByRule": 28,
            "opened": None,
            "closed": None,
            "isIllustration": False,
            "cause": {"name": "AnnualMeeting.Confirmed"},
            "group": {"name": "One"},
        }
        assert first["drafts"]["nodes"] == [
            {"commentWindow": {"id": str(window_id(one, cycle_id(2027)))}}
        ]
        assert second["commentWindow"]["group"] == {"name": "Two"}


async def test_a_window_has_an_id_a_version_and_a_history(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set(INSIDE)
        await scenario.weeks(2)

        found = await system.query(
            """query ($id: ID!) { node(id: $id) { __typename id version
              history { nodes { name summary role } }
            ... on CommentWindow { state daysBefore daysBeforeByRule opened { at } } } }""",
            id=str(window_id(one, cycle_id(2027))),
        )

        assert found["node"] == {
            "__typename": "CommentWindow",
            "id": str(window_id(one, cycle_id(2027))),
            "version": 3,
            "history": {
                "nodes": [
                    {
                        "role": "SYSTEM",
                        "name": "CommentWindow.Scheduled",
                        "summary": "It became known when the drafts of a group are due to be "
                        "open for comment.",
                    },
                    {
                        "role": "SYSTEM",
                        "name": "CommentWindow.Opened",
                        "summary": "The window opened: the group's drafts can be commented on.",
                    },
                    {
                        "role": "SYSTEM",
                        "name": "CommentWindow.Kept",
                        "summary": "What the window follows from changed too late, and it "
                        "stayed: an open window is never shortened, and one that is over "
                        "never changes.",
                    },
                ]
            },
            "state": "OPEN",
            "daysBefore": 42,
            "daysBeforeByRule": 14,
            "opened": {"at": OPENS},
        }


async def test_refusals_of_the_window_state_their_facts(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())

        async def post() -> dict[str, Any]:
            given = {"commandId": str(uuid4()), "draft": str(draft), "body": "Well said."}
            answer = await system.query(_POST, someone, input=given)
            posted: dict[str, Any] = answer["postComment"]
            may = (await system.query(_MAY, someone, draft=str(draft)))["viewer"]["may"]
            refusal = may["postComment"]["refusal"]
            assert (refusal or {}).items() <= posted.items()
            return posted

        unscheduled = await post()
        await scenario.confirm("2027-11-15", "2027-11-19")
        early = await post()
        clock.set(INSIDE)
        await system.until(lambda topics: "opened" in topics, "comment_window.")
        timely = await post()
        clock.set(AFTER)
        late = await post()

        assert unscheduled == {
            "__typename": "WindowNotScheduled",
            "code": "WINDOW_NOT_SCHEDULED",
            "message": "There is no comment window yet: the annual meeting's days are not "
            "confirmed.",
            "group": str(group),
        }
        assert early == {
            "__typename": "WindowNotOpen",
            "code": "WINDOW_NOT_OPEN",
            "message": "The comment window is SCHEDULED: it opens at 2027-10-03T22:00:00+00:00, or "
            "after that when the group publishes its first draft.",
            "state": "SCHEDULED",
            "opensAt": OPENS,
            "closesAt": CLOSES,
        }
        assert timely == {
            "__typename": "CommentPosted",
            "comment": {"draft": {"commentWindow": {"state": "OPEN"}}},
        }
        assert late == {
            "__typename": "WindowClosed",
            "code": "WINDOW_CLOSED",
            "message": "The comment window closed at 2027-11-19T23:00:00+00:00.",
            "openedAt": OPENS,
            "closedAt": CLOSES,
        }


async def test_windows_of_many_groups_are_read_at_once(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        await scenario.establish(*(f"Group {n}" for n in range(20)))
        await scenario.confirm("2027-11-15", "2027-11-19")
        await system.caught_up()
        context = system.backend.context().for_operation(ANONYMOUS)
        reads: Counter[str] = Counter()
        context.reader = cast("DocumentReader", Counting(system.backend.reader, reads))
        context.record = cast("EventReader", Counting(system.backend.record, reads))

        result = await system.schema.execute(
            """{ cycle(year: 2027) { groups(first: 20) { nodes {
                commentWindow { opensAt cause { position } group { id } } } } } }""",
            context_value=context,
        )

        assert isinstance(result, ExecutionResult)
        assert result.errors is None
        # The cycle, its groups' page, their windows; then the causes, and the groups once more.
        assert reads == {"position": 1, "get": 3, "pages": 1, "by_version": 1}


async def test_window_subscription_has_each_event_once_and_in_order(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        other = await PluginScenario(system=system, year=2028, chair=uuid4()).begin()
        await scenario.establish("One", "Two")
        await other.establish("Another")
        begin = await system.caught_up()
        await scenario.confirm("2027-11-15", "2027-11-19")
        await other.confirm("2028-11-15", "2028-11-19")

        past = await watched(system, 2, year=2027, after=begin)
        live = asyncio.create_task(watched(system, 4, year=2027, after=past[-1]["position"]))
        clock.set(AFTER)

        assert [(one["event"]["name"], one["node"]["group"]["name"]) for one in past] == [
            ("CommentWindow.Scheduled", "One"),
            ("CommentWindow.Scheduled", "Two"),
        ]
        seen = await live
        assert [(one["event"]["name"], one["node"]["state"]) for one in seen] == [
            ("CommentWindow.Opened", "OPEN"),
            ("CommentWindow.Closed", "CLOSED"),
        ] * 2
        assert sorted(one["position"] for one in seen) == [one["position"] for one in seen]


async def test_a_past_state_is_answered_as_it_was(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        await scenario.establish("One")
        confirmed = await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set("2027-06-01T12:00:00Z")
        await scenario.move("2027-12-06", "2027-12-10")
        clock.set("2028-01-01T00:00:00Z")
        await system.until(lambda topics: "closed" in topics, "comment_window.")

        async def window_as_of(**as_of: object) -> object:
            answer = await system.query(
                """query ($asOf: AsOfInput) { cycle(year: 2027, asOf: $asOf) { groups { nodes {
                    commentWindow { state opensOn cause { name } } } } } }""",
                asOf=as_of,
            )
            [group] = answer["cycle"]["groups"]["nodes"]
            window = group["commentWindow"]
            return window and (window["state"], window["opensOn"], window["cause"]["name"])

        first = ("SCHEDULED", "2027-10-04", "AnnualMeeting.Confirmed")
        moved = ("2027-10-25", "AnnualMeeting.Rescheduled")
        assert await window_as_of(position=confirmed) == first
        assert await window_as_of(position=confirmed - 1) is None
        assert await window_as_of(known="2027-04-01T00:00:00Z") == first
        assert await window_as_of(known="2027-07-01T00:00:00Z") == ("SCHEDULED", *moved)
        assert await window_as_of(occurred="2027-04-01T00:00:00Z") == first
        assert await window_as_of(occurred="2027-10-24T21:59:59Z") == ("SCHEDULED", *moved)
        assert await window_as_of(occurred="2027-10-24T22:00:00Z") == ("OPEN", *moved)
        assert await window_as_of(occurred="2027-12-10T23:00:00Z") == ("CLOSED", *moved)
        assert await window_as_of() == ("CLOSED", *moved)


class Counting:
    """A proxy that counts the reads of another reader."""

    def __init__(self, to: object, reads: Counter[str]) -> None:
        self._to = to
        self._reads = reads

    def batched(self, *_: object) -> "Counting":
        return self

    def __getattr__(self, name: str) -> Any:
        self._reads[name] += 1
        return getattr(self._to, name)


async def watched(system: RunningSystem, count: int, **variables: object) -> list[dict[str, Any]]:
    """The next changes of windows; fails when none come."""
    seen: list[dict[str, Any]] = []
    context = system.backend.context().for_operation(ANONYMOUS)
    async with asyncio.timeout(60):
        source: Any = await system.schema.subscribe(
            _WATCH, variable_values=variables, context_value=context
        )
        async for result in source:
            assert result.errors is None
            seen.append(result.data["windowEvents"])
            if len(seen) == count:
                await source.aclose()
    return seen
