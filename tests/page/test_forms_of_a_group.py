"""Who works in a group does it by forms: members, volunteers and facilitators."""

import pytest

from tests.page.people import People, nevertheless
from tests.page.reading import screen, text
from tests.page.sent_forms import forms_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_anyone_joins_a_group_and_leaves_it_and_joins_again(people: People) -> None:
    person, work = people.newcomer, people.work
    join = f"{work}/members"

    if join in await person.forms(work):
        await person.record(work, join)
    joined = (await person.visitor.get(work)).text
    [leave] = [action for action in forms_in(joined) if action.endswith("/end")]
    assert "You are a member of the group." in joined
    assert join not in forms_in(joined)

    left = await person.record(work, leave, reason="Too many calls.")
    assert "You are a member" not in left

    again = await person.record(work, join)
    assert "You are a member of the group." in again


async def test_member_supports_what_was_proposed_and_a_facilitator_adopts_it(
    people: People,
) -> None:
    person, work = people.newcomer, people.work
    if f"{work}/members" in await person.forms(work):
        await person.record(work, f"{work}/members")
    proposed = await people.facilitator.record(
        work, f"{work}/modalities", modality="Calls every two weeks."
    )
    [adopt] = [action for action in forms_in(proposed) if action.endswith("/adoption")]
    support = adopt.replace("/adoption", "/support")
    shown = await person.forms(work)
    assert support in shown
    assert adopt not in shown

    await person.record(work, support)
    adopted = text(await people.facilitator.record(work, adopt, withoutObjection="true"))

    assert "Calls every two weeks. Agreed" in adopted
    assert "supported by 1 without an objection" in adopted


async def test_rule_that_speaks_against_it_asks_for_the_reason(people: People) -> None:
    work = people.work
    proposed = await people.facilitator.record(work, f"{work}/modalities", modality="Silence.")
    [adopt] = [action for action in forms_in(proposed) if action.endswith("/adoption")]

    refused = await people.facilitator.send(work, adopt, evidence="The archive.")

    assert refused.status_code == 422
    assert "The rule: Modalities with support" in text(refused.text)
    kept = forms_in(refused.text)[adopt]
    assert kept["evidence"] == "The archive."
    await nevertheless(people.facilitator, adopt, refused)


async def test_anyone_volunteers_for_a_group_and_in_answer_to_a_call(people: People) -> None:
    work = people.work
    note = "I write <b>well</b>."
    offered = await people.newcomer.record(work, f"{work}/volunteers", note=note)
    [take_back] = [one for one in forms_in(offered) if one.endswith("/withdrawal")]
    taken_back = await people.newcomer.record(work, take_back, reason="No time.")
    launched = await people.facilitator.send(work, f"{work}/calls", title="Who writes?")
    call = launched.headers["location"]
    answered = await people.newcomer.record(call, f"{call}/volunteers", note="To the call.")
    moved = await people.facilitator.record(call, f"{call}/time", closes="2999-01-01", reason="Few")
    closed = await people.facilitator.record(call, f"{call}/end", reason="Enough answered.")

    assert "I write &lt;b&gt;well&lt;/b&gt;." in offered
    assert "I write &lt;b&gt;well&lt;/b&gt;." not in taken_back
    assert "Nia" in text(answered)
    assert "To the call." in text(answered)
    assert f"{call}/end" not in await people.newcomer.forms(call)
    assert "until 1 January 2999" in text(moved)
    assert "Enough answered." in text(closed)
    assert not [one for one in forms_in(closed) if one in (f"{call}/end", f"{call}/volunteers")]


async def test_facilitator_asks_for_a_session_and_logs_outreach(people: People) -> None:
    person, work = people.facilitator, people.work
    shown = await person.record(work, f"{work}/sessions", title="Norms in practice")
    asked = text(shown)
    [hold] = [one for one in forms_in(shown) if one.endswith("/held")]
    planned = hold.replace("/held", "/time")
    programme = await people.secretariat.record(work, planned, planned="2999-12-02", venue="Hall 3")
    held = text(await person.record(work, hold, began="2026-11-02", record="We talked."))
    again = await person.record(work, f"{work}/sessions", title="Another")
    [cancel] = [one for one in forms_in(again) if "/sessions/" in one and "/cancel" in one]
    cancelled = text(await person.record(work, cancel, reason="Nobody came."))
    logged = text(
        await person.record(
            work,
            f"{work}/outreach",
            forum="A regional meeting",
            audience="Operators",
            tookPlace="2026-10-01",
            text="They were told.",
        )
    )

    assert "Norms in practice Requested" in asked
    assert planned not in forms_in(shown)
    assert "Hall 3" in text(programme)
    assert "We talked." in held
    assert "Nobody came." in cancelled
    assert "A regional meeting 1 October 2026 Operators" in logged


async def test_facilitator_defines_and_revises_the_outline(people: People) -> None:
    person, group = people.facilitator, f"/groups/{people.group}"
    defined = await person.record(group, f"{group}/outlines", sections__1__title="")
    [revise] = [one for one in forms_in(defined) if one.endswith("/revision")]
    kept = forms_in(defined)[revise]
    revised = await person.record(group, revise, sections__8__title="What comes next")

    titles = [title for name, title in kept.items() if name.endswith(".title") and title]
    assert titles[:2] == [
        "Definition of the issues",
        "Policy measures, initiatives and impediments",
    ]
    assert "What comes next" in forms_in(revised)[revise].values()


async def test_facilitator_reports_and_says_whether_the_work_goes_on(people: People) -> None:
    person, group = people.facilitator, f"/groups/{people.group}"
    year = people.scenario.year
    reported = await person.record(group, f"{group}/reports", report="We wrote.")
    answer = await person.send(
        group, f"{group}/carry-forward", **{"wish": "YES", "areas.*": "Norms\nTrust"}
    )
    refused = await person.send(group, f"{group}/continuation", year=str(year), wish="YES")

    assert "We wrote." in text(reported)
    assert answer.status_code == 303, text(answer.text)
    # A working group gives reports of its own.
    assert refused.status_code == 422
    assert "This is not accepted:" in text(refused.text)


async def test_facilitator_publishes_the_first_draft(people: People) -> None:
    person, group = people.facilitator, f"/groups/{people.group}"
    action = f"{group}/drafts"

    answer = await person.send(
        group, action, **{"title": "On norms", "blocks.*.text": "One\nline.\n\nTwo."}
    )

    assert answer.status_code == 303, text(answer.text)
    draft = await screen(people.reader, answer.headers["location"])
    assert draft.count('class="block"') == 2
    assert action not in await person.forms(group)

    address = answer.headers["location"]
    new, action = f"{address}/revisions/new", f"{address}/revisions"
    fields = (await person.forms(new))[action]
    changed = {"blocks.0.*.text": "One line.\n\nOne more.", "blocks.1.*.text": ""}
    changed |= {"blocks.0.element": "INSIGHTS", "blocks.*.text": "The end."}
    revised = await person.visitor.post(action, {**fields, **changed})
    stale = await person.visitor.post(action, {**fields, "blocks.1.*.text": "Two, kept."})

    assert revised.headers["location"] == address
    kept = forms_in(stale.text)[action]
    assert (stale.status_code, kept["blocks.1.*.text"]) == (422, "Two, kept.")
    again = (await person.forms(new))[action]
    texts = {name: typed for name, typed in again.items() if name.endswith(".text")}
    assert [*texts.values()] == ["One line.", "One more.", "The end.", ""]
    assert again["blocks.0.element"] == "INSIGHTS"
    assert '"id": "b1"' in again["blocks.0"]
    assert await people.newcomer.forms(new) == {}
