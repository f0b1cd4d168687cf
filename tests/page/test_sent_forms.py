"""Each form is shown to who may send it, and sends its command from the screen of its subject."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio

from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import screen, text
from tests.page.sent_forms import Person, forms_in, signed_in
from tests.page.visitor import visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass(frozen=True)
class People:
    """A cycle with a group, and people with browsers."""

    scenario: ForumScenario
    group: str
    newcomer: Person
    facilitator: Person
    member: Person
    secretariat: Person
    reader: httpx.AsyncClient

    @property
    def work(self) -> str:
        """The screen of the group's work."""
        return f"/groups/{self.group}/work"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def people(forum: Server) -> AsyncGenerator[People]:
    """One scenario for all forms."""
    async with AsyncExitStack() as stack:
        scenario = await stack.enter_async_context(forum_scenario(forum))
        group = await scenario.establish("Cybersecurity")
        newcomer, facilitator, member, secretariat = [
            await signed_in(forum, await stack.enter_async_context(visiting(forum)), role, name)
            for role, name in (
                ("COMMENTER", "Nia"),
                ("COMMENTER", "Femi"),
                ("MAG_MEMBER", "Mara"),
                ("SECRETARIAT", "Sekou"),
            )
        ]
        decision = await scenario.mandate()
        await scenario.secretariat.do(
            "appointFacilitator", group=group, participant=facilitator.id, decision=decision
        )
        await forum.caught_up()
        reader = await stack.enter_async_context(browser(forum))
        yield People(scenario, group, newcomer, facilitator, member, secretariat, reader)


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
    call = await people.scenario.launch_call("volunteers", group=people.group)

    answered = await people.newcomer.record(
        f"/calls/{call}", f"/calls/{call}/volunteers", note="To the call."
    )

    assert "I write &lt;b&gt;well&lt;/b&gt;." in offered
    assert "Nia" in text(answered)
    assert "To the call." in text(answered)


async def test_facilitator_asks_for_a_session_and_logs_outreach(people: People) -> None:
    person, work = people.facilitator, people.work
    asked = text(await person.record(work, f"{work}/sessions", title="Norms in practice"))
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
    assert "A regional meeting 1 October 2026 Operators" in logged


async def test_form_that_was_refused_keeps_what_was_typed(people: People) -> None:
    work = people.work
    action = f"{work}/outreach"

    refused = await people.facilitator.send(
        work,
        action,
        forum="A <i>list</i>",
        audience="Operators",
        tookPlace="2999-01-01",
        text="Two\nlines.",
    )

    assert refused.status_code == 422
    kept = forms_in(refused.text)[action]
    assert (kept["forum"], kept["text"]) == ("A <i>list</i>", "Two\nlines.")
    assert kept["tookPlace"] == "2999-01-01"
    assert 'id="refused" name="tookPlace"' in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert "This is not accepted:" in refused.text


FILLED = {
    "topics": "What is covered.",
    "objectives": "What is to come of it.",
    "focus": "What matters most.",
    "outreach-plan": "Who is told, and how.",
    "anticipated-engagement": "Who is expected to take part.",
}


def filled(fields: dict[str, str]) -> dict[str, str]:
    """The parts of the template that are required, in the fields of its form."""
    keys = {text: name for name, text in fields.items() if name.endswith(".key")}
    return {keys[key].removesuffix("key") + "text": text for key, text in FILLED.items()}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def proposal(people: People) -> str:
    """The screen of a proposal that a member has submitted by its form."""
    proposals = f"/cycles/{people.scenario.year}/proposals"
    fields = dict((await people.member.forms(proposals))[proposals])
    typed = {
        **filled(fields),
        "title": "Norms",
        "written.coFacilitators.0.name": "Ana",
        "written.coFacilitators.0.magMember": "true",
        "written.coFacilitators.1.name": "Bo",
        "written.organisations.0.name": "A registry",
    }
    answer = await people.member.visitor.post(proposals, {**fields, **typed})
    assert answer.status_code == 303, text(answer.text)
    return answer.headers["location"]


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


async def test_secretariat_sets_the_day_on_which_proposals_are_due(people: People) -> None:
    proposals = f"/cycles/{people.scenario.year}/proposals"

    shown = await people.secretariat.record(proposals, f"{proposals}/deadline", dueOn="2099-12-31")
    assessments = f"{proposals}/assessments"
    assessed = await people.secretariat.record(proposals, assessments, capacity="3")

    assert f"/cycles/{people.scenario.year}/proposals" in assessed
    assert "They are due in writing on 31 December 2099." in text(shown)
    assert f"{proposals}/deadline" not in await people.member.forms(proposals)


async def nevertheless(person: Person, action: str, refused: httpx.Response) -> httpx.Response:
    """Give the reason that a rule asks for, beside what was typed before."""
    assert refused.status_code == 422, refused.text
    reason = {"overrides.0.rationale": "It could not wait."}
    answer = await person.visitor.post(action, {**forms_in(refused.text)[action], **reason})
    assert answer.status_code == 303, text(answer.text)
    return answer


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


async def test_anonymous_readers_see_no_form(people: People, proposal: str) -> None:
    scenario = people.scenario
    meeting = await scenario.meet_once()
    for address in (
        people.work,
        proposal,
        f"/groups/{people.group}",
        f"/cycles/{scenario.year}/proposals",
        f"/cycles/{scenario.year}/questions",
        f"/meetings/{meeting}",
    ):
        html = await screen(people.reader, address)

        assert forms_in(html) == {}, address


async def test_who_may_not_send_a_form_is_not_shown_it(people: People) -> None:
    shown = await people.newcomer.forms(people.work)

    assert not [action for action in shown if action.endswith(("/sessions", "/outreach"))]
