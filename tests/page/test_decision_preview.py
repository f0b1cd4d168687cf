"""A decision is previewed in the API."""

from uuid import uuid4

import pytest

from tests.graphql.statements import counted_statements
from tests.page.decision_forum import EVENTS, SHOWN, Forum, approve, cap, forum, server

__all__ = ["forum", "server"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


STATEMENTS_MAX = 25
"""What the preview of a decision with two outcomes reads, with all that it changes."""
NODE = f"query ($id: ID!) {{ node(id: $id) {{ ...shown }} }} {SHOWN}"
AUDIT = f"""query ($after: String!) {{ auditTrail(after: $after, first: 100) {{
    nodes {{ {EVENTS} }} }} }}"""


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
