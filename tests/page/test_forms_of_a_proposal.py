"""Proposals are written, revised and discussed by forms."""

import pytest

from tests.page.people import People
from tests.page.reading import screen, text
from tests.page.sent_forms import forms_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_member_submits_a_proposal_along_the_template(people: People, proposal: str) -> None:
    proposals = f"/cycles/{people.scenario.year}/proposals"
    shown = text(await screen(people.reader, proposal))
    listed = text(await screen(people.reader, proposals))
    refused = await people.member.send(proposals, proposals, title="Without a text")

    assert "What matters most." in shown
    assert "Ana, MAG member" in shown
    assert "Norms Submitted" in listed
    assert "not complete by the template" in listed
    assert "two to three pages are advised" in listed
    assert refused.status_code == 422
    assert "The template requires parts that are empty: topics" in text(refused.text)
    assert forms_in(refused.text)[proposals]["title"] == "Without a text"


async def test_proposer_revises_the_proposal_from_what_it_says(
    people: People, proposal: str
) -> None:
    action = f"{proposal}/revisions"
    fields = dict((await people.member.forms(proposal))[action])
    [focus] = [name for name, text in fields.items() if text == "What matters most."]

    answer = await people.member.visitor.post(action, {**fields, focus: "What matters now."})

    assert answer.status_code == 303, text(answer.text)
    shown = text((await people.member.visitor.get(proposal)).text)
    assert "revision 2" in shown
    assert "What matters now." in shown
    assert "Who is told, and how." in shown
    assert "Ana, MAG member" in shown


async def test_proposer_names_organisations_and_nominates_who_confirms(
    people: People, proposal: str
) -> None:
    member, nominee = people.member, people.newcomer
    named = await member.record(
        proposal, f"{proposal}/interests", name="A university", source="By mail."
    )
    nominated = await member.record(
        proposal, f"{proposal}/nominations", person__participant=nominee.id
    )
    shown = await nominee.forms(proposal)
    [confirm] = [action for action in shown if action.endswith("/confirmation")]
    confirmed = await nominee.record(proposal, confirm)
    [replace] = [action for action in forms_in(nominated) if action.endswith("/replacement")]
    replaced = await member.record(proposal, replace, person__name="Cleo", reason="No time.")

    assert "A university, By mail." in text(named)
    assert "Nia" in text(nominated)
    assert "Nia, confirmed" in text(confirmed)
    assert "Cleo" in text(replaced)


async def test_member_states_asks_and_is_answered(people: People, proposal: str) -> None:
    member, questions = people.member, f"/cycles/{people.scenario.year}/questions"
    stated = await member.record(
        proposal, f"{proposal}/statements", stance="OPPOSITION", text="Too wide."
    )
    [take_back] = [
        one for one in forms_in(stated) if "/statements/" in one and one.endswith("/withdrawal")
    ]
    taken_back = await member.record(proposal, take_back, reason="It was narrowed.")
    asked = await member.record(
        proposal, f"{proposal}/questions", question="Is it suited to this format?"
    )
    [answer] = [one for one in await member.forms(questions) if one.endswith("/answers")]
    partly = await member.record(questions, answer, answer="Perhaps.", complete="false")
    raised = await member.record(questions, questions, question="Who pays?")

    assert "Too wide. Mara against it revision" in text(stated)
    assert "withdrawn" in text(taken_back)
    assert take_back not in forms_in(taken_back)
    assert "Is it suited to this format?" in text(asked)
    assert "Answered in part" in text(partly)
    assert "Who pays?" in text(raised)
    withdraw = [one for one in forms_in(raised) if one.endswith("/withdrawal")]
    assert len(withdraw) == 2
    assert "Withdrawn questions" in text(await member.record(questions, withdraw[1]))


async def test_member_moots_a_proposal_lets_another_write_it_and_splits_it(people: People) -> None:
    member, proposals = people.member, f"/cycles/{people.scenario.year}/proposals"
    sent = await member.send(proposals, f"{proposals}/mooted", title="Trust and norms")
    mooted = sent.headers["location"]
    consented = await member.record(
        mooted, f"{mooted}/consents", member=str(people.scenario.chair.person)
    )
    parts = {"parts__0__title": "Trust", "parts__1__title": "Norms", "reason": "Two themes."}
    few = await member.send(mooted, f"{mooted}/parts", parts__0__title="Trust")
    split = await member.record(mooted, f"{mooted}/parts", **parts)

    assert "No written proposal is on record." in text(consented)
    assert "agreed that another member" in text(consented)
    assert few.status_code == 422
    assert "Split into: Trust" in text(split)
    assert f"{mooted}/parts" not in forms_in(split)


async def test_proposers_consent_to_a_merger_that_was_suggested(
    people: People, proposal: str
) -> None:
    other = await people.scenario.propose("Trust")
    action = f"{proposal}/consolidations"
    suggested = await people.member.record(
        proposal, action, proposals__1=other, rationale="They overlap."
    )
    [consent] = [one for one in forms_in(suggested) if one.endswith("/consent")]
    consented = await people.member.record(proposal, consent)

    assert "Suggested to be merged with: Trust" in text(suggested)
    assert consent not in forms_in(consented)


async def test_secretariat_sets_the_day_on_which_proposals_are_due(people: People) -> None:
    proposals = f"/cycles/{people.scenario.year}/proposals"

    shown = await people.secretariat.record(proposals, f"{proposals}/deadline", dueOn="2099-12-31")
    assessments = f"{proposals}/assessments"
    assessed = await people.secretariat.record(proposals, assessments, capacity="3")

    assert f"/cycles/{people.scenario.year}/proposals" in assessed
    assert "They are due in writing on 31 December 2099." in text(shown)
    assert f"{proposals}/deadline" not in await people.member.forms(proposals)
