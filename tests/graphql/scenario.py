"""A cycle for one test, made by mutations of the API."""

import itertools
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from intersessional.domain.kernel.act import Role
from tests.graphql.client import Client
from tests.graphql.server import Server

Json = Any

WRITTEN: Json = {
    "sections": [
        {"key": "topics", "text": "What is covered."},
        {"key": "objectives", "text": "What is to come of it."},
        {"key": "focus", "text": "What matters most."},
        {"key": "outreach-plan", "text": "Who is told, and how."},
        {"key": "anticipated-engagement", "text": "Who is expected to take part."},
    ],
    "coFacilitators": [
        {"name": "Ana", "magMember": True},
        {"name": "Bo", "magMember": False},
    ],
}
"""A proposal in writing to which nothing is missing."""

_YEARS: Iterator[int] = itertools.count(2100, 2)


def new_year() -> int:
    """A year that no other test uses; nor is the year before it, whose forums owe reports."""
    return next(_YEARS)


def new_id() -> str:
    """A command id that was never used."""
    return str(uuid4())


@dataclass(kw_only=True)
class ForumScenario:
    """One cycle, in a year that no other test uses."""

    secretariat: Client
    chair: Client
    member: Client
    commenter: Client
    year: int = field(default_factory=new_year)

    async def open(self) -> None:
        """Open the cycle."""
        await self.secretariat.do("openCycle", year=self.year)

    async def assess(self, capacity: int = 5) -> str:
        """Assess the resources; answers the assessment's id."""
        done = await self.secretariat.do(
            "assessResources",
            "... on ResourcesAssessed { cycle { assessments(first: 100) { nodes { id } } } }",
            year=self.year,
            capacity=capacity,
        )
        return str(done["cycle"]["assessments"]["nodes"][-1]["id"])

    async def meet(self, ordinal: int = 1) -> str:
        """Call a meeting of the MAG that is in session; answers its id."""
        done = await self.secretariat.do(
            "scheduleMeeting",
            "... on MeetingScheduled { meeting { id } }",
            year=self.year,
            kind="VIRTUAL",
            ordinal=ordinal,
            held="2018-04-04/2118-04-04",
            label=f"Virtual meeting {ordinal}",
        )
        return str(done["meeting"]["id"])

    async def launch_call(self, of: str = "issues", **fields: Json) -> str:
        """Launch a call; answers its id."""
        done = await self.secretariat.do(
            "launchCall",
            "... on CallLaunched { call { id } }",
            **{"year": self.year, "of": of, "title": f"Call for {of}"} | fields,
        )
        return str(done["call"]["id"])

    async def raise_question(self, question: str = "Who pays?", **fields: Json) -> str:
        """Raise a question as a member of the MAG; answers its id."""
        done = await self.member.do(
            "raiseQuestion",
            "... on QuestionRaised { raisedQuestion { id } }",
            **{"year": self.year, "question": question} | fields,
        )
        return str(done["raisedQuestion"]["id"])

    async def volunteer(self, group: str, **fields: Json) -> str:
        """Volunteer for a group; answers the id of the offer."""
        done = await self.commenter.do(
            "offerToVolunteer",
            "... on VolunteerOfferMade { volunteerOffer { id } }",
            **{"group": group} | fields,
        )
        return str(done["volunteerOffer"]["id"])

    async def join(self, group: str) -> str:
        """Join a group; answers the id of the membership."""
        done = await self.commenter.do(
            "joinGroup", "... on GroupJoined { membership { id } }", group=group
        )
        return str(done["membership"]["id"])

    async def propose_modality(self, group: str) -> str:
        """Propose a modality of a group; answers its id."""
        done = await self.commenter.do(
            "proposeModality",
            "... on ModalityProposed { modality { id } }",
            group=group,
            modality="Calls every two weeks.",
        )
        return str(done["modality"]["id"])

    async def request_session(self, group: str) -> str:
        """Request a session of a group at the annual meeting; answers its id."""
        done = await self.secretariat.do(
            "requestSession",
            "... on SessionRequested { dedicatedSession { id } }",
            group=group,
            year=self.year,
            title="Norms",
        )
        return str(done["dedicatedSession"]["id"])

    async def propose(self, title: str = "Cybersecurity", kind: str = "BPF") -> str:
        """Submit a proposal in writing; answers its id."""
        done = await self.member.do(
            "submitProposal",
            "... on ProposalSubmitted { proposal { id } }",
            year=self.year,
            title=title,
            groupKind=kind,
            written=WRITTEN,
        )
        return str(done["proposal"]["id"])

    async def suggest_consolidation(self, *proposals: str) -> str:
        """Suggest to make one proposal out of several; answers the id of the consolidation."""
        done = await self.chair.do(
            "suggestConsolidation",
            "... on ConsolidationSuggested { consolidation { id } }",
            proposals=list(proposals),
            title="All in one",
        )
        return str(done["consolidation"]["id"])

    async def decide(self, *outcomes: Json, assessment: str | None = None) -> Json:
        """Decide at a meeting; answers the outcome or the refusal."""
        return await self.secretariat.send(
            "recordDecision",
            {
                "year": self.year,
                "statement": "Agreed.",
                "meeting": await self.meet_once(),
                "method": "ROUGH_CONSENSUS",
                "objections": 0,
                "announcedBy": str(self.chair.person),
                "rationale": "It matters, and it can be carried.",
                "assessment": assessment,
                "outcomes": outcomes,
            },
            "... on DecisionRecorded { position decision { id } }",
            "... on CapExceeded { cap approved }",
        )

    async def decide_on_list(self, *outcomes: Json, **fields: Json) -> Json:
        """Decide on the mailing list, perhaps at another time; answers the outcome."""
        return await self.secretariat.do(
            "recordDecision",
            "... on DecisionRecorded { position decision { id } }",
            year=self.year,
            statement="Agreed.",
            onList=True,
            announcedBy=str(self.chair.person),
            rationale="It matters, and it can be carried.",
            outcomes=list(outcomes),
            **fields,
        )

    async def mandate(self) -> str:
        """A decision on which the Secretariat can act; answers its id."""
        return str((await self.decide_on_list())["decision"]["id"])

    async def meet_once(self) -> str:
        """The first meeting of the cycle."""
        data = await self.secretariat.ask(
            "query ($year: Int!) { cycle(year: $year) { meetings(first: 1) { nodes { id } } } }",
            year=self.year,
        )
        nodes = data["cycle"]["meetings"]["nodes"]
        return str(nodes[0]["id"]) if nodes else await self.meet()

    async def establish(self, name: str = "A working group", kind: str = "WORKING_GROUP") -> str:
        """Establish a group that needs no proposal; answers its id."""
        done = await self.decide({"establish": {"kind": kind, "name": name}})
        assert "code" not in done, done
        data = await self.secretariat.ask(
            "query ($id: ID!) { decision(id: $id) { outcomes { subject { id } } } }",
            id=done["decision"]["id"],
        )
        return str(data["decision"]["outcomes"][0]["subject"]["id"])

    async def publish(self, group: str, blocks: int = 2) -> str:
        """Publish a draft of a group; answers its id."""
        done = await self.secretariat.do(
            "publishDraft",
            "... on DraftPublished { draft { id } }",
            group=group,
            title="A draft",
            blocks=[{"text": f"Paragraph {number}."} for number in range(1, blocks + 1)],
        )
        return str(done["draft"]["id"])

    async def comment(self, draft: str, body: str = "Well said.", **fields: Json) -> Json:
        """Comment on a draft; answers the outcome with the comment's id."""
        return await self.commenter.do(
            "postComment",
            "position ... on CommentPosted { comment { id } }",
            draft=draft,
            body=body,
            **fields,
        )


@asynccontextmanager
async def forum_scenario(server: Server) -> AsyncGenerator[ForumScenario]:
    """An open cycle."""
    async with (
        await server.client(Role.SECRETARIAT) as secretariat,
        await server.client(Role.MAG_CHAIR) as chair,
        await server.client(Role.MAG_MEMBER) as member,
        await server.client(Role.COMMENTER) as commenter,
    ):
        scenario = ForumScenario(
            secretariat=secretariat, chair=chair, member=member, commenter=commenter
        )
        await scenario.open()
        yield scenario
