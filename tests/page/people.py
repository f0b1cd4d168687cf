"""A cycle with a group, and people with browsers, who fill in the forms of screens."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx

from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import text
from tests.page.sent_forms import Person, forms_in, signed_in
from tests.page.visitor import visiting


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


@asynccontextmanager
async def people_of(forum: Server) -> AsyncGenerator[People]:
    """People in a cycle of their own: one scenario for all forms."""
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


FILLED = {
    "topics": "What is covered.",
    "objectives": "What is to come of it.",
    "focus": "What matters most.",
    "outreach-plan": "Who is told, and how.",
    "anticipated-engagement": "Who is expected to take part.",
}
"""A text for each part of the template that is required."""


def filled(fields: dict[str, str]) -> dict[str, str]:
    """The parts of the template that are required, in the fields of its form."""
    keys = {text: name for name, text in fields.items() if name.endswith(".key")}
    return {keys[key].removesuffix("key") + "text": text for key, text in FILLED.items()}


async def submitted_proposal(people: People) -> str:
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


async def nevertheless(person: Person, action: str, refused: httpx.Response) -> httpx.Response:
    """Give the reason that a rule asks for, beside what was typed before."""
    assert refused.status_code == 422, refused.text
    reason = {"overrides.0.rationale": "It could not wait."}
    answer = await person.visitor.post(action, {**forms_in(refused.text)[action], **reason})
    assert answer.status_code == 303, text(answer.text)
    return answer
