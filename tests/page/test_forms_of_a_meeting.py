"""Meetings are called and held by forms, and decisions are objected to."""

import pytest

from tests.page.people import People, nevertheless
from tests.page.reading import text
from tests.page.sent_forms import forms_in, named_value

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_facilitator_calls_a_meeting_holds_it_and_publishes_its_summary(
    people: People,
) -> None:
    person, group = people.facilitator, f"/groups/{people.group}"
    action = f"{group}/meetings"
    typed = {"label": "First call", "held": "2026-11-02", "held.time": "14:30"}
    fields = dict((await person.forms(group))[action])
    early = await person.visitor.post(action, {**fields, **typed, "timeZone": "Africa/Nairobi"})
    called = await nevertheless(person, action, early)
    meeting = called.headers["location"]
    shown = text((await person.visitor.get(meeting)).text)
    listed = await person.record(meeting, f"{meeting}/agenda/items", title="Who writes")
    [done] = [one for one in forms_in(listed) if one.endswith("/end")]
    await person.record(meeting, f"{meeting}/agenda/adoption")
    await person.record(meeting, done, note="Femi writes.")
    held = f"{meeting}/held"
    await nevertheless(person, held, await person.send(meeting, held, began="2026-11-02"))
    summed = await person.record(meeting, f"{meeting}/summary", summary="We met.\n\nWe agreed.")
    corrected = await person.record(
        meeting, f"{meeting}/summary", summary="We met.", reason="We did not agree."
    )

    assert "2 November 2026" in shown
    assert "17:30" in shown
    assert "Who writes Done" in text(summed)
    assert "The meeting adopted it" in text(summed)
    assert "Held" in text(summed)
    assert "We agreed." in text(summed)
    assert "We agreed." not in text(corrected)
    assert held not in forms_in(corrected)
    assert await people.newcomer.forms(meeting) == {}


async def test_facilitator_moves_and_cancels_a_meeting(people: People) -> None:
    person, group = people.facilitator, f"/groups/{people.group}"
    fields = dict((await person.forms(group))[f"{group}/meetings"])
    typed = {**fields, "label": "Second call", "held": "2999-01-02"}
    meeting = (await person.visitor.post(f"{group}/meetings", typed)).headers["location"]

    moved = await person.record(meeting, f"{meeting}/time", held="2999-02-03", reason="A feast.")
    cancelled = await person.record(meeting, f"{meeting}/cancellation", reason="No time.")

    assert "3 February 2999" in text(moved)
    assert "Cancelled" in text(cancelled)


async def test_member_objects_to_a_decision_that_is_proposed(people: People) -> None:
    scenario = people.scenario
    done = await scenario.secretariat.do(
        "proposeDecision",
        "... on DecisionProposed { decision { id } }",
        year=scenario.year,
        statement="Meet every week.",
        onList=True,
        announcedBy=str(scenario.chair.person),
        objectionsUntil="2999-01-01T00:00:00Z",
    )
    decision = f"/decisions/{done['decision']['id']}"
    newcomer = await people.newcomer.forms(decision)

    objected = await people.member.record(decision, f"{decision}/objections", reasons="Too often.")
    [withdraw] = [one for one in forms_in(objected) if one.endswith("/withdrawal")]
    withdrawn = await people.member.record(decision, withdraw)

    assert not [action for action in newcomer if action.startswith(decision)]
    assert "Mara Too often." in text(objected)
    assert f"{decision}/objections" not in forms_in(objected)
    assert "withdrawn" in text(withdrawn)


async def test_decision_is_proposed_objected_to_and_taken_by_forms(people: People) -> None:
    scenario, secretariat = people.scenario, people.secretariat
    proposal, _ = await scenario.propose("Norms of trust"), await scenario.assess()
    screen = f"/secretariat/decision/{scenario.year}"
    fields = {
        "statement": "Redirect it.",
        "onList": "true",
        "announcedBy": str(scenario.chair.person),
        "outcomes.10": "redirect",
        "outcomes.10.proposal": proposal,
        "outcomes.10.to": "NRI",
        "outcomes.11": "establish",
        "outcomes.11.name": "Fundraising",
        "outcomes.11.kind": "WORKING_GROUP",
    }
    decisions: list[str] = []
    for until in ("2999-01-01", ""):
        typed = fields | {"objectionsUntil": until}
        shown = await secretariat.visitor.post(f"{screen}/proposed", typed)
        sent = typed | {"previewed": named_value(shown.text, "previewed")}
        proposed = await secretariat.visitor.post(f"{screen}/proposed", sent)
        decisions.append(proposed.headers["location"])
    open_to_objections, decision = decisions
    told = f"{open_to_objections}/objections/told"
    objected = await secretariat.record(open_to_objections, told, name="Ana", reasons="Too soon.")
    early = await secretariat.send(
        open_to_objections, f"{open_to_objections}/outcome", onList="true"
    )
    ended = await secretariat.record(open_to_objections, f"{open_to_objections}/end")
    taken = await secretariat.send(
        decision,
        f"{decision}/outcome",
        outcomes__0__to="OTHER",
        outcomes__0__bodyName="The Youth Coalition",
        onList="true",
        rationale="It suits them better.",
        objections="0",
    )

    assert "Members can object until 1 January 2999" in text(objected)
    assert "Ana Too soon." in text(objected)
    assert "Objections can still be made" in text(early.text)
    assert told not in forms_in(ended)
    assert taken.status_code == 303, text(taken.text)
    page = (await secretariat.visitor.get(f"/proposals/{proposal}")).text
    assert "Redirected to: The Youth Coalition" in text(page)


async def test_secretariat_records_where_the_annual_meeting_might_be_held(people: People) -> None:
    screen = f"/cycles/{people.scenario.year}/annual-meeting"
    recorded = await people.secretariat.record(
        screen, f"{screen}/options", description="Geneva, if it is free", rank="2"
    )
    [change] = [one for one in forms_in(recorded) if one.startswith(f"{screen}/options/")]
    changed = await people.secretariat.record(
        screen, change, status="DROPPED", reason="It is taken."
    )

    assert "Geneva, if it is free Pursued rank 2" in text(recorded)
    assert "Geneva, if it is free Dropped rank 2 It is taken." in text(changed)
    assert await people.member.forms(screen) == {}


async def test_secretariat_launches_a_call_of_the_mag(people: People) -> None:
    cycle = f"/cycles/{people.scenario.year}"
    typed = {"of": "issues", "title": "What matters?", "closes": "2999-01-01"}

    launched = await people.secretariat.record(cycle, f"{cycle}/calls", **typed)

    assert "What matters?" in text(launched)
    assert await people.member.forms(cycle) == {}
