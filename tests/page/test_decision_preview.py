"""A decision is previewed: in the API, and by the Secretariat on its screen."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from intersessional.plugins.composition import installed_plugins
from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving
from tests.graphql.statements import counted_statements
from tests.page.reading import text
from tests.page.sent_forms import forms_in, named_value
from tests.page.visitor import visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

STATEMENTS_MAX = 25
"""What the preview of a decision with two outcomes reads, with all that it changes."""
_EVENTS = "topic name summary role position subject { __typename id } mentions { id }"
_SHOWN = """fragment shown on Node { __typename id
    ... on Proposal { state decision { statement } group { name state } }
    ... on Group { name groupState: state kind { key } proposal { state } }
    ... on Policy { key value }
    ... on CommentWindow { windowState: state opensOn closesOn daysBefore group { name } }
    ... on Deviation { ruleKey strength rationale }
    ... on Decision { statement outcomes { kind } }
    ... on Cycle { version bpfCapUsed groups(first: 5) { totalCount nodes { name } }
      submitted: proposals(state: SUBMITTED, first: 5) { totalCount nodes { title } } } }"""
PREVIEW = f"""query ($command: CommandInput!) {{ preview(command: $command) {{
    position repeated
    refusal {{ code message ... on CapExceeded {{ cap approved }} ... on RoleRequired {{ needed }}
      ... on StaleVersion {{ expected actual }} }}
    overridesNeeded {{ ... on OverrideRequired {{ rule requirement }} }}
    events(first: 100) {{ totalCount nodes {{ {_EVENTS} }} }}
    changes(first: 100) {{ totalCount nodes {{ before {{ ...shown }} after {{ ...shown }} }} }}
  }} }}
{_SHOWN}"""
NODE = f"query ($id: ID!) {{ node(id: $id) {{ ...shown }} }} {_SHOWN}"
AUDIT = f"""query ($after: String!) {{ auditTrail(after: $after, first: 100) {{
    nodes {{ {_EVENTS} }} }} }}"""


@dataclass(frozen=True, kw_only=True)
class Forum:
    """A cycle with a cap of one and a group under it, its window, and two proposals."""

    server: Server
    scenario: ForumScenario
    assessment: str
    meeting: str
    one: str
    two: str

    def decision(self, *outcomes: Json, **fields: Json) -> Json:
        """The input of a decision."""
        return {
            "commandId": str(uuid4()),
            "year": self.scenario.year,
            "statement": "Agreed.",
            "meeting": self.meeting,
            "method": "ROUGH_CONSENSUS",
            "objections": 0,
            "announcedBy": str(self.scenario.chair.person),
            "rationale": "It matters, and it can be carried.",
            "assessment": self.assessment,
            "outcomes": outcomes,
        } | fields

    async def preview(self, decision: Json, client: Client | None = None) -> Json:
        """The preview of a decision; nothing may be recorded by it."""
        before = await self.server.backend.record.head()
        sender = client or self.scenario.secretariat
        data = await sender.ask(PREVIEW, command={"recordDecision": decision})
        assert await self.server.backend.record.head() == before
        return data["preview"]

    async def cycle_version(self) -> int:
        """The version of the cycle."""
        query = "query ($year: Int!) { cycle(year: $year) { version } }"
        data = await self.scenario.secretariat.ask(query, year=self.scenario.year)
        return int(data["cycle"]["version"])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def forum(postgres: str, migrated: str) -> AsyncGenerator[Forum]:
    """A node with all plugins, and one cycle that the tests of this module share."""
    async with (
        fresh_database(postgres, migrated) as url,
        serving(url, composition=installed_plugins()) as server,
        forum_scenario(server) as scenario,
    ):
        assessment, meeting = await scenario.assess(), await scenario.meet()
        await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": 1}})
        first = {"approve": {"proposal": await scenario.propose("First"), "groupName": "First"}}
        done = await scenario.decide(first, assessment=assessment)
        assert "code" not in done, done
        await scenario.secretariat.do(
            "confirmAnnualMeeting",
            year=scenario.year,
            startsOn=f"{scenario.year}-11-15",
            endsOn=f"{scenario.year}-11-19",
            place="Paris",
            timeZone="Europe/Paris",
        )
        one, two = await scenario.propose("One"), await scenario.propose("Two")
        await server.caught_up()
        yield Forum(
            server=server,
            scenario=scenario,
            assessment=assessment,
            meeting=meeting,
            one=one,
            two=two,
        )


def approve(proposal: str, name: str) -> Json:
    return {"approve": {"proposal": proposal, "groupName": name}}


def cap(value: int) -> Json:
    return {"setPolicy": {"key": "BPF_CAP", "value": value}}


async def test_approval_beyond_the_cap_shows_the_refusal_and_goes_with_a_greater_one(
    forum: Forum,
) -> None:
    beyond = await forum.preview(forum.decision(approve(forum.one, "One")))
    async with counted_statements(forum.server.backend) as statements:
        raised = await forum.preview(forum.decision(cap(2), approve(forum.one, "One")))

    assert len(statements) <= STATEMENTS_MAX, len(statements)
    assert beyond["refusal"] | {"message": ""} == {
        "code": "CAP_EXCEEDED",
        "message": "",
        "cap": 1,
        "approved": 1,
    }
    assert (beyond["events"]["nodes"], beyond["changes"]["nodes"]) == ([], [])
    assert raised["refusal"] is None
    changes = {
        (change["after"] or change["before"])["__typename"]: change
        for change in raised["changes"]["nodes"]
    }
    policy, cycle = changes["Policy"], changes["Cycle"]
    assert (policy["before"]["value"], policy["after"]["value"]) == (1, 2)
    assert (cycle["before"]["bpfCapUsed"], cycle["after"]["bpfCapUsed"]) == (1, 2)
    assert [one["name"] for one in cycle["after"]["groups"]["nodes"]] == ["First", "One"]
    assert [one["title"] for one in cycle["before"]["submitted"]["nodes"]] == ["One", "Two"]
    assert cycle["after"]["submitted"] == {"totalCount": 1, "nodes": [{"title": "Two"}]}
    window = changes["CommentWindow"]
    assert window["before"] is None
    assert window["after"]["group"] == {"name": "One"}
    assert window["after"]["closesOn"] == f"{forum.scenario.year}-11-19"
    assert changes["Proposal"]["before"]["state"] == "SUBMITTED"
    assert changes["Proposal"]["after"] == {
        "__typename": "Proposal",
        "id": forum.one,
        "state": "APPROVED",
        "decision": {"statement": "Agreed."},
        "group": {"name": "One", "state": "APPROVED"},
    }


async def test_who_may_not_decide_gets_the_refusal_alone(forum: Forum) -> None:
    decision = forum.decision(cap(2), approve(forum.one, "One"))
    async with await forum.server.client() as nobody:
        anonymous = await forum.preview(decision, nobody)
    commenter = await forum.preview(decision, forum.scenario.commenter)
    bad = await forum.preview(decision | {"assessment": "no id"})

    assert anonymous["refusal"]["code"] == "NOT_SIGNED_IN"
    assert commenter["refusal"]["needed"] == ["MAG_CHAIR", "SECRETARIAT"]
    assert commenter["events"] == {"totalCount": 0, "nodes": []}
    assert bad["refusal"]["code"] == "BAD_VALUE"


async def test_preview_names_what_is_recorded_then(forum: Forum) -> None:
    weeks = {"setPolicy": {"key": "COMMENT_WINDOW_WEEKS", "value": 4}}
    decision = forum.decision(cap(2), weeks, approve(forum.one, "One"))
    needed = (await forum.preview(decision))["overridesNeeded"]
    decision["overrides"] = [{"rule": needed[0]["rule"], "rationale": "The venue was late."}]
    decision["expectedVersion"] = await forum.cycle_version()

    found = await forum.preview(decision)
    done = await forum.scenario.secretariat.send("recordDecision", decision)
    again = await forum.preview(decision)
    stale = await forum.preview(decision | {"commandId": str(uuid4())})
    refused = await forum.scenario.secretariat.send(
        "recordDecision", decision | {"commandId": str(uuid4())}
    )

    assert [one["rule"] for one in needed] == ["WINDOW_WEEKS_SHARED"]
    assert "code" not in done, done
    await forum.server.caught_up()
    recorded = await forum.scenario.secretariat.ask(AUDIT, after=str(found["position"]))
    assert found["events"]["nodes"] == recorded["auditTrail"]["nodes"]
    assert found["events"]["totalCount"] == done["position"] - found["position"]
    topics = {one["topic"] for one in found["events"]["nodes"]}
    assert {"comment_window.rescheduled.v1", "comment_window.scheduled.v1"} <= topics
    [deviation] = [
        one["after"]
        for one in found["changes"]["nodes"]
        if one["after"]["__typename"] == "Deviation"
    ]
    assert deviation["rationale"] == "The venue was late."
    for change in found["changes"]["nodes"]:
        now = await forum.scenario.secretariat.ask(NODE, id=change["after"]["id"])
        assert now["node"] == change["after"]
    assert again["repeated"]
    assert (again["events"]["totalCount"], again["refusal"]) == (0, None)
    assert (stale["refusal"]["code"], refused["code"]) == ("STALE_VERSION", "STALE_VERSION")


async def test_preview_of_what_happened_earlier_takes_its_place_in_time(forum: Forum) -> None:
    secretariat, year = forum.scenario.secretariat, forum.scenario.year
    await secretariat.do("setProposalDeadline", year=year, dueOn=f"{year}-03-31")
    query = """query ($command: CommandInput!) { preview(command: $command) {
        refusal { message } changes { nodes { after { ... on Cycle { proposalsDueOn } } } } } }"""
    now = {"commandId": str(uuid4()), "year": year, "dueOn": f"{year}-02-28"}

    later = await secretariat.ask(query, command={"setProposalDeadline": now})
    earlier = await secretariat.ask(
        query, command={"setProposalDeadline": now | {"occurred": "2026-01-01"}}
    )

    assert {"after": {"proposalsDueOn": f"{year}-02-28"}} in later["preview"]["changes"]["nodes"]
    assert earlier["preview"]["refusal"] is None
    assert "proposalsDueOn" not in str(earlier["preview"]["changes"])


def typed(forum: Forum, *, approved: str, cap: int | None = None, **fields: str) -> dict[str, str]:
    """The fields of the screen's form, with one approval and perhaps a cap."""
    rows = {"outcomes.0": "setPolicy", "outcomes.0.value": str(cap)} if cap is not None else {}
    return {
        "statement": "Agreed on the screen.",
        "meeting": forum.meeting,
        "method": "ROUGH_CONSENSUS",
        "objections": "0",
        "announcedBy": str(forum.scenario.chair.person),
        "rationale": "It matters.",
        "assessment": forum.assessment,
        "outcomes.0.key": "BPF_CAP",
        "outcomes.10": "approve",
        "outcomes.10.proposal": approved,
        "outcomes.10.groupName": "On the screen",
        "outcomes.11.proposal": forum.two,
        **rows,
        **fields,
    }


async def test_secretariat_records_what_it_has_previewed(forum: Forum) -> None:
    address, record = f"/secretariat/decision/{forum.scenario.year}", forum.server.backend.record
    proposal = await forum.scenario.propose("Three")
    await forum.server.caught_up()
    async with visiting(forum.server) as visitor:
        await visitor.post("/sign-in", {"role": "SECRETARIAT"})
        empty = (await visitor.get(address)).text
        version = named_value(empty, "expectedVersion")
        fields = typed(forum, approved=proposal, cap=9, expectedVersion=version)
        signed_in = await record.head()

        beyond = await visitor.post(address, typed(forum, approved=proposal, cap=0))
        shown = await visitor.post(address, fields)
        changed = fields | {"outcomes.10.groupName": "Another name"}
        again = await visitor.post(
            address, changed | {"previewed": named_value(shown.text, "previewed")}
        )
        assert await record.head() == signed_in
        done = await visitor.post(
            address, fields | {"previewed": named_value(shown.text, "previewed")}
        )

    assert beyond.status_code == 422, text(beyond.text)
    assert "The cap is 0" in text(beyond.text)
    assert 'value="On the screen"' in beyond.text
    assert shown.status_code == again.status_code == 200
    preview = text(shown.text.partition('id="preview"')[2].partition("<form")[0])
    assert "On the screen" in preview
    assert "the cap on Best Practice Forums" in preview
    assert "open for comment from" in preview
    assert named_value(again.text, "previewed") != named_value(shown.text, "previewed")
    assert done.status_code == 303
    assert done.headers["location"].startswith("/decisions/")
    assert await record.head() > signed_in


async def test_decision_that_was_reversed_is_recorded_again(forum: Forum) -> None:
    address, decisions = f"/secretariat/decision/{forum.scenario.year}", set[str]()
    async with visiting(forum.server) as visitor:
        await visitor.post("/sign-in", {"role": "SECRETARIAT"})
        for value in (19, 18, 19):
            await forum.server.caught_up()
            form = forms_in((await visitor.get(address)).text)[address]
            fields = form | typed(forum, approved=forum.one, cap=value) | {"outcomes.10": ""}
            shown = (await visitor.post(address, fields)).text
            seen = {"previewed": named_value(shown, "previewed")}
            done = await visitor.post(address, fields | seen)
            decisions.add(done.headers["location"])

    assert len(decisions) == 3


async def test_decision_that_was_previewed_on_an_earlier_cycle_is_shown_anew(forum: Forum) -> None:
    address = f"/secretariat/decision/{forum.scenario.year}"
    first, second = await forum.scenario.propose("Four"), await forum.scenario.propose("Five")
    await forum.server.caught_up()
    async with visiting(forum.server) as visitor:
        await visitor.post("/sign-in", {"role": "SECRETARIAT"})
        version = named_value((await visitor.get(address)).text, "expectedVersion")
        fields = typed(forum, approved=first, cap=20, expectedVersion=version)
        shown = await visitor.post(address, fields)
        await forum.scenario.decide(
            cap(20), approve(second, "Meanwhile"), assessment=forum.assessment
        )
        await forum.server.caught_up()

        stale = await visitor.post(
            address, fields | {"previewed": named_value(shown.text, "previewed")}
        )

    assert stale.status_code == 422
    assert "It was changed meanwhile" in stale.text
    assert 'name="previewed"' not in stale.text
    assert named_value(stale.text, "expectedVersion") > version


async def test_who_holds_no_role_reads_along_and_has_no_form(forum: Forum) -> None:
    address = f"/secretariat/decision/{forum.scenario.year}"
    async with visiting(forum.server) as visitor:
        choice = await visitor.get("/secretariat/decision")
        await visitor.post("/sign-in", {"role": "COMMENTER"})
        shown = await visitor.get(address)
        sent = await visitor.post(address, typed(forum, approved=forum.two, cap=9))

    assert f'href="{address}"' in choice.text
    assert "You hold neither role now" in shown.text
    assert 'id="decision"' not in shown.text
    assert sent.status_code == 422, text(sent.text)
    assert "This is done in a role that you do not hold" in text(sent.text)
