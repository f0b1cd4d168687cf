"""Expected versions: a command is refused when there is a later version."""

import asyncio
from typing import Any

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.client import Client
from tests.graphql.scenario import WRITTEN, ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")


Json = Any


VERSIONED: dict[str, Json] = {
    "correctFact": {
        "stream": "{meeting}",
        "version": 1,
        "happened": "2018-04-01",
        "reason": "It was earlier.",
    },
    "assessResources": {"year": "{year}", "capacity": 1},
    "setDeadlineBeforeMeeting": {"year": "{year}", "meeting": "{meeting}"},
    "setProposalDeadline": {"year": "{year}", "dueOn": "2018-04-12"},
    "recordVenueOption": {"year": "{year}", "rank": 1, "status": "PURSUED", "description": "A"},
    "setTentativeDates": {"year": "{year}", "within": "{year}-12", "place": "Asia"},
    "confirmAnnualMeeting": {
        "year": "{year}",
        "startsOn": "{year}-11-12",
        "endsOn": "{year}-11-14",
        "place": "Paris",
        "timeZone": "Europe/Paris",
    },
    "rescheduleAnnualMeeting": {
        "year": "{year}",
        "startsOn": "{year}-11-13",
        "endsOn": "{year}-11-15",
        "reason": "A strike.",
    },
    "changeVenueOption": {"year": "{year}", "option": "{group}", "status": "DROPPED"},
    "correctAnnualMeeting": {"year": "{year}", "place": "Lyon", "reason": "A slip."},
    "cancelAnnualMeeting": {"year": "{year}", "reason": "A strike."},
    "moveMeeting": {"meeting": "{meeting}", "held": "2018-05-02"},
    "recordMeetingHeld": {"meeting": "{meeting}", "began": "2018-05-02"},
    "cancelMeeting": {"meeting": "{meeting}", "reason": "A strike."},
    "moveCall": {"call": "{call}", "closes": "2118-05-02", "reason": "On request."},
    "closeCall": {"call": "{call}"},
    "answerQuestion": {"question": "{question}", "answer": "Yes."},
    "withdrawQuestion": {"question": "{question}"},
    "withdrawVolunteerOffer": {"offer": "{offer}"},
    "leaveGroup": {"membership": "{membership}"},
    "publishSummary": {"meeting": "{meeting}", "summary": "As agreed."},
    "setAgenda": {"meeting": "{meeting}", "items": [{"title": "Venue"}]},
    "addAgendaItem": {"meeting": "{meeting}", "title": "Venue"},
    "adoptAgenda": {"meeting": "{meeting}"},
    "recordMissingAgenda": {"meeting": "{meeting}"},
    "finishAgendaItem": {"item": "{item}"},
    "submitProposal": {"year": "{year}", "proposal": "{proposal}", "written": WRITTEN},
    "reviseProposal": {"proposal": "{proposal}", "written": WRITTEN},
    "presentProposal": {"proposal": "{proposal}", "meeting": "{meeting}"},
    "giveTheme": {"proposal": "{proposal}", "theme": "ipv6"},
    "consentToRevision": {"proposal": "{proposal}", "member": "{member}"},
    "consentToConsolidation": {"consolidation": "{consolidation}", "proposal": "{proposal}"},
    "splitProposal": {"proposal": "{proposal}", "parts": [{"title": "A"}, {"title": "B"}]},
    "withdrawProposal": {"proposal": "{proposal}"},
    "withdrawStatement": {"statement": "{statement}"},
    "defineGroupKind": {"key": "GUILD", "name": "Guild"},
    "recordDecision": {"year": "{year}", "statement": "Agreed.", "onList": True},
    "proposeDecision": {"year": "{year}", "statement": "Shall we?", "onList": True},
    "objectToDecision": {"decision": "{decision}", "number": 1},
    "withdrawObjection": {"decision": "{decision}", "objection": "{decision}"},
    "takeDecision": {"decision": "{decision}", "onList": True},
    "blockDecision": {"decision": "{decision}"},
    "supersedeDecision": {"decision": "{decision}", "by": "{decision}"},
    "annulDecision": {"decision": "{decision}", "by": "{decision}"},
    "appointFacilitator": {"group": "{group}", "participant": "{member}"},
    "releaseFacilitator": {"group": "{group}", "participant": "{member}"},
    "renameGroup": {"group": "{group}", "name": "Another name"},
    "suspendGroup": {"group": "{group}", "reason": "Nobody is left."},
    "resumeGroup": {"group": "{group}"},
    "supportModality": {"modality": "{modality}", "membership": "{membership}"},
    "adoptModality": {"modality": "{modality}", "support": 3},
    "scheduleSession": {"session": "{session}", "planned": "2118-11-13"},
    "recordSessionHeld": {"session": "{session}", "began": "2018-11-13"},
    "cancelSession": {"session": "{session}", "reason": "No time is left."},
    "concludeGroup": {"group": "{group}"},
    "stateGroupWish": {"group": "{group}", "year": "{year}", "wish": "CONTINUE"},
    "formDraftingTeam": {"group": "{group}", "task": "A plan."},
    "recordGroupReport": {"group": "{group}", "year": "{year}", "report": "On time."},
    "dissolveGroup": {"group": "{group}", "absorbedBy": {"kind": "MAG"}},
    "reviseDocument": {"document": "{document}", "version": {"label": "2", "text": "Better."}},
    "forwardDocument": {"document": "{document}", "recipient": {"kind": "MAG"}},
    "reviseOutline": {"outline": "{outline}", "sections": [{"title": "Cases"}]},
    "declareCarryForward": {"group": "{group}", "year": "{year}", "wish": "YES"},
    "reviseDraft": {"draft": "{draft}", "blocks": [{"text": "Better."}]},
    "withdrawComment": {"comment": "{comment}"},
    "updateParticipant": {"participant": "{member}", "region": "WEOG"},
    "grantRole": {"participant": "{member}", "role": "MAG_MEMBER", "since": "2018-01-01"},
    "endRole": {"participant": "{member}", "role": "MAG_MEMBER", "until": "2018-01-01"},
}


async def test_stale_version_is_refused_by_every_command_on_an_existing_aggregate(
    scenario: ForumScenario, server: Server
) -> None:
    group = await scenario.establish()
    draft = await scenario.publish(group)
    comment = (await scenario.comment(draft))["comment"]["id"]
    meeting = await scenario.meet_once()
    item = await scenario.secretariat.do(
        "addAgendaItem",
        "... on AgendaItemAdded { agendaItem { id } }",
        meeting=meeting,
        title="Venue",
    )
    document = await scenario.secretariat.do(
        "publishDocument",
        "... on DocumentPublished { document { id } }",
        kind="OTHER",
        title="A note",
        version={"label": "1", "text": "Good."},
    )
    outline = await scenario.secretariat.do(
        "defineOutline",
        "... on OutlineDefined { outline { id } }",
        group=group,
        year=scenario.year,
        sections=[{"title": "Cases"}],
    )
    proposal = await scenario.propose()
    statement = await scenario.member.do(
        "recordStatement",
        "... on StatementRecorded { statement { id } }",
        proposal=proposal,
        revision=1,
        text="I say so.",
    )
    places = {
        "outline": outline["outline"]["id"],
        "document": document["document"]["id"],
        "year": str(scenario.year),
        "call": await scenario.launch_call(),
        "meeting": meeting,
        "item": item["agendaItem"]["id"],
        "question": await scenario.raise_question(),
        "offer": await scenario.volunteer(group),
        "membership": await scenario.join(group),
        "proposal": proposal,
        "statement": statement["statement"]["id"],
        "consolidation": await scenario.suggest_consolidation(
            proposal, await scenario.propose("Another")
        ),
        "modality": await scenario.propose_modality(group),
        "session": await scenario.request_session(group),
        "decision": await scenario.mandate(),
        "group": group,
        "draft": draft,
        "comment": comment,
        "member": str(scenario.member.person),
    }
    await scenario.secretariat.do(
        "confirmAnnualMeeting", **filled(VERSIONED["confirmAnnualMeeting"], places)
    )
    await scenario.secretariat.do("defineGroupKind", **VERSIONED["defineGroupKind"])
    await scenario.secretariat.do(
        "declareCarryForward", **filled(VERSIONED["declareCarryForward"], places)
    )
    senders = {
        "withdrawComment": scenario.commenter,
        "supportModality": scenario.commenter,
        "submitProposal": scenario.member,
        "reviseProposal": scenario.member,
        "presentProposal": scenario.member,
        "giveTheme": scenario.member,
        "consentToRevision": scenario.member,
        "splitProposal": scenario.member,
        "withdrawProposal": scenario.member,
        "withdrawStatement": scenario.member,
        "updateParticipant": scenario.member,
    }

    async with await server.client(Role.OPERATOR) as operator:
        senders |= {"grantRole": operator, "endRole": operator}
        for name, fields in VERSIONED.items():
            refused = await senders.get(name, scenario.secretariat).send(
                name,
                {**filled(fields, places), "expectedVersion": 999},
                refusals="... on StaleVersion { expected actual }",
            )

            assert refused.get("code") == "STALE_VERSION", (name, refused)
            assert refused["expected"] == 999
            assert 0 < refused["actual"] < 999


def filled(fields: dict[str, Json], places: dict[str, str]) -> dict[str, Json]:
    """The fields of a command, with the ids of this test's subjects."""
    return {name: _filled(value, places) for name, value in fields.items()}


def _filled(value: Json, places: dict[str, str]) -> Json:
    if value == "{year}":
        return int(places["year"])
    return value.format(**places) if isinstance(value, str) else value


async def test_expected_version_is_valid_for_one_change(scenario: ForumScenario) -> None:
    query = "query ($id: ID!) { group(id: $id) { version } }"
    group = await scenario.establish()
    version = (await scenario.secretariat.ask(query, id=group))["group"]["version"]
    mandate = await scenario.mandate()

    async def rename(client: Client, name: str) -> Json:
        return await client.send(
            "renameGroup",
            {"group": group, "name": name, "expectedVersion": version, "decision": mandate},
        )

    answers = await asyncio.gather(
        rename(scenario.secretariat, "One"), rename(scenario.secretariat, "Other")
    )

    assert sorted(answer.get("code", "done") for answer in answers) == ["STALE_VERSION", "done"]


async def test_every_command_that_takes_a_version_is_tried(server: Server) -> None:
    async with await server.client() as anonymous:
        data = await anonymous.ask(
            """{ __schema { mutationType { fields { name args { type { ofType {
                 inputFields { name } } } } } } } }"""
        )
    fields = data["__schema"]["mutationType"]["fields"]

    takes = {
        field["name"]
        for field in fields
        if "expectedVersion"
        in [given["name"] for given in field["args"][0]["type"]["ofType"]["inputFields"]]
    }

    assert takes == VERSIONED.keys()
