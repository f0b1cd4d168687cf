"""The Secretariat previews a decision on its screen, and records what it has seen."""

import pytest

from tests.page.decision_forum import Forum, approve, cap, forum, server
from tests.page.reading import text
from tests.page.sent_forms import forms_in, named_value
from tests.page.visitor import visiting

__all__ = ["forum", "server"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


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
