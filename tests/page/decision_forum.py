"""A cycle in which decisions are previewed, with a cap on its groups."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest_asyncio

from intersessional.plugins.composition import installed_plugins
from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving

Json = Any
EVENTS = "topic name summary role position subject { __typename id } mentions { id }"
SHOWN = """fragment shown on Node { __typename id
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
    events(first: 100) {{ totalCount nodes {{ {EVENTS} }} }}
    changes(first: 100) {{ totalCount nodes {{ before {{ ...shown }} after {{ ...shown }} }} }}
  }} }}
{SHOWN}"""


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


def approve(proposal: str, name: str) -> Json:
    """The outcome that approves a proposal."""
    return {"approve": {"proposal": proposal, "groupName": name}}


def cap(value: int) -> Json:
    """The outcome that sets the cap."""
    return {"setPolicy": {"key": "BPF_CAP", "value": value}}


@asynccontextmanager
async def decision_forum(server: Server) -> AsyncGenerator[Forum]:
    """A cycle of its own, on a node with all plugins."""
    async with forum_scenario(server) as scenario:
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


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def server(postgres: str, migrated: str) -> AsyncGenerator[Server]:
    """A node with all plugins, whose record was empty."""
    async with (
        fresh_database(postgres, migrated) as url,
        serving(url, composition=installed_plugins()) as server,
    ):
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def forum(server: Server) -> AsyncGenerator[Forum]:
    """A cycle of this test's own."""
    async with decision_forum(server) as forum:
        yield forum
