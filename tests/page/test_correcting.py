"""A fact is corrected from the screen of its event: shown first, then recorded."""

import pytest

from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server
from tests.page.reading import text
from tests.page.sent_forms import forms_in, named_value
from tests.page.visitor import visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def deadline(scenario: ForumScenario) -> int:
    """The position of the event that sets a deadline."""
    done = await scenario.secretariat.do(
        "setProposalDeadline", "position", year=scenario.year, dueOn="2018-04-12"
    )
    return int(done["position"])


async def test_correction_is_shown_before_it_is_recorded(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, visiting(forum) as visitor:
        position = await deadline(scenario)
        await visitor.post("/sign-in", {"role": "SECRETARIAT"})
        head = await forum.caught_up()

        event = (await visitor.get(f"/record/{position}")).text
        here = f"/secretariat/correction/{position}"
        form = forms_in((await visitor.get(here)).text)[here]
        typed = form | {"changes.0.field": "due_on", "changes.0.value": "2018-04-13"}
        without_reason = await visitor.post(here, typed)
        typed["reason"] = "The list <b>says</b> so."
        shown = await visitor.post(here, typed)
        after_preview = await forum.caught_up()
        seen = {"previewed": named_value(shown.text, "previewed")}
        changed = await visitor.post(here, typed | seen | {"changes.0.value": "2018-04-14"})
        after_change = await forum.caught_up()
        done = await visitor.post(here, forms_in(shown.text)[here] | seen)
        corrected = text((await visitor.get(done.headers["location"])).text)
        stale = await visitor.post(here, typed | {"reason": "Another one."})

    assert f'href="{here}"' in event
    assert form["changes.0.value"] == "2018-04-12"
    assert without_reason.status_code == 422
    assert forms_in(without_reason.text)[here]["changes.0.value"] == "2018-04-13"
    assert shown.status_code == 200
    assert "due_on 2018-04-12 2018-04-13" in text(shown.text)
    assert "proposalsDueOn 2018-04-12 2018-04-13" in text(shown.text)
    assert forms_in(shown.text)[here]["changes.0.field"] == "due_on"
    assert "due_on 2018-04-12 2018-04-14" in text(changed.text)
    assert after_preview == after_change == head
    assert (done.status_code, done.headers["location"]) == (303, f"/record/{position}")
    assert "due_on 2018-04-12 2018-04-13 Reason The list" in corrected
    assert stale.status_code == 422
    assert "It was changed meanwhile" in text(stale.text)


async def test_same_correction_after_its_reversal_is_another_one(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, visiting(forum) as visitor:
        here = f"/secretariat/correction/{await deadline(scenario)}"
        await visitor.post("/sign-in", {"role": "SECRETARIAT"})

        for day in ("2018-04-13", "2018-04-12", "2018-04-13"):
            await forum.caught_up()
            form = forms_in((await visitor.get(here)).text)[here]
            typed = {"changes.0.field": "due_on", "changes.0.value": day, "reason": "So it was."}
            shown = (await visitor.post(here, form | typed)).text
            seen = {"previewed": named_value(shown, "previewed")}
            await visitor.post(here, forms_in(shown)[here] | seen)

        await forum.caught_up()
        last = forms_in((await visitor.get(here)).text)[here]

    assert last["changes.0.value"] == "2018-04-13"


async def test_what_a_rule_recorded_stands_and_is_not_corrected_itself(node: Server) -> None:
    async with visiting(node) as visitor, await node.client() as client:
        answer = await client.ask(
            "{ auditTrail(last: 100) { nodes { position role topic consequences { topic } } } }"
        )
        nodes = answer["auditTrail"]["nodes"]
        cause = next(one for one in nodes if one["consequences"])
        rule = next(one for one in nodes if one["role"] == "SYSTEM")
        standing = text((await visitor.get(f"/secretariat/correction/{cause['position']}")).text)
        made = text((await visitor.get(f"/secretariat/correction/{rule['position']}")).text)

    assert "The Secretariat records here." in standing
    assert "It stands, and is not decided again:" in standing
    assert "Nothing of it is corrected" in made
