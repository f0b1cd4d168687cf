"""A person registers, changes how they are shown, accepts the code, and finds their comments."""

from collections.abc import AsyncGenerator
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.infra.auth.sign_in_issuer import Misconduct, SignInIssuer
from tests.page.issuer_node import at_the_issuer
from tests.page.visitor import OWN, Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROFILE = {"displayName": "Ana <Lima>", "stakeholderGroup": "CIVIL_SOCIETY", "region": "GRULAC"}
JSON = {**OWN, "Accept": "application/json"}


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(production: Server, issuer: SignInIssuer) -> AsyncGenerator[Visitor]:
    """Somebody who has signed in for the first time."""
    issuer.misconduct, before = Misconduct(), issuer.subject
    issuer.subject = f"{uuid4()}@example.org"
    async with visiting(production) as visitor:
        await visitor.get(await at_the_issuer(visitor))
        yield visitor
    issuer.subject = before


@pytest_asyncio.fixture(loop_scope="session")
async def commenter(forum: Server) -> AsyncGenerator[Visitor]:
    """Somebody with a name of their own who may comment."""
    async with visiting(forum) as visitor:
        await visitor.post("/sign-in", {"role": "COMMENTER", "name": f"Ben {uuid4()}"})
        yield visitor


def main_of(page: httpx.Response) -> str:
    """What a page has between its header and its footer."""
    return page.text.partition("<main")[2].partition("</main>")[0]


async def test_reader_who_has_not_signed_in_is_told_why_to(forum: Server) -> None:
    async with visiting(forum) as visitor:
        page = await visitor.get("/me")

    assert page.status_code == 200
    assert 'href="/sign-in?next=/me"' in main_of(page)


async def test_newcomer_gives_a_name_and_goes_on(newcomer: Visitor, production: Server) -> None:
    before = await production.backend.record.head()
    form = await newcomer.get("/me?next=/drafts/1")
    assert 'name="next" value="/drafts/1"' in form.text

    registered = await newcomer.post("/me/registration", PROFILE | {"next": "/drafts/1"})

    assert (registered.status_code, registered.headers["location"]) == (303, "/drafts/1")
    me = main_of(await newcomer.get("/me"))
    assert "Ana &lt;Lima&gt;" in me
    assert "Civil society" in me
    assert await production.backend.record.head() == before + 1


async def test_newcomer_registers_once(newcomer: Visitor, production: Server) -> None:
    for _ in range(2):
        assert (await newcomer.post("/me/registration", PROFILE)).status_code == 303
    head = await production.backend.record.head()

    again = await newcomer.post("/me/registration", PROFILE | {"displayName": "Another"})

    assert again.status_code == 422
    assert await production.backend.record.head() == head


async def test_name_that_is_refused_stays_in_the_form(newcomer: Visitor) -> None:
    sent = PROFILE | {"displayName": "two\nlines", "next": "/drafts/1"}

    refused = await newcomer.post("/me/registration", sent)

    assert refused.status_code == 422
    assert "This was not recorded" in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert '<option value="GRULAC" selected>' in refused.text
    assert 'name="next" value="/drafts/1"' in refused.text


async def test_code_of_conduct_is_accepted_before_the_first_comment(newcomer: Visitor) -> None:
    assert "/me?next=" in main_of(await newcomer.get("/conduct"))
    await newcomer.post("/me/registration", PROFILE)
    assert 'href="/conduct?next=/me"' in main_of(await newcomer.get("/me"))
    assert 'action="/conduct/acceptance"' in (await newcomer.get("/conduct?next=/drafts/1")).text

    accepted = await newcomer.post("/conduct/acceptance", {"version": "1", "next": "/drafts/1"})

    assert (accepted.status_code, accepted.headers["location"]) == (303, "/drafts/1")
    assert "You have accepted version 1" in (await newcomer.get("/conduct")).text


async def test_person_changes_how_they_are_shown(newcomer: Visitor) -> None:
    await newcomer.post("/me/registration", PROFILE)
    form = await newcomer.get("/me")
    [person] = {
        part.partition('"')[0] for part in form.text.split('name="participant" value="')[1:]
    }
    change = PROFILE | {"participant": person, "displayName": "Ana L."}

    changed = await newcomer.post("/me/profile", change | {"expectedVersion": "1"})
    stale = await newcomer.post("/me/profile", change | {"expectedVersion": "1", "region": "WEOG"})

    assert (changed.status_code, changed.headers["location"]) == (303, "/me")
    assert "Ana L." in main_of(await newcomer.get("/me"))
    assert stale.status_code == 422
    assert "changed meanwhile" in stale.text


async def test_person_finds_what_they_wrote_the_latest_first(
    forum: Server, commenter: Visitor
) -> None:
    assert "You have not commented yet" in (await commenter.get("/me")).text
    async with forum_scenario(forum) as scenario:
        draft = await scenario.publish(await scenario.establish())
    for body in ("The first.", "The second."):
        sent = await commenter.post(f"/drafts/{draft}/comments", {"body": body})
        assert sent.status_code == 303, sent.text.partition('id="refusal"')[2][:400]

    me = main_of(await commenter.get("/me"))

    assert me.index("The second.") < me.index("The first.")
    assert me.count('<h3><a href="/comments/') == 2


async def test_script_whose_session_has_ended_is_told_so(forum: Server, commenter: Visitor) -> None:
    async with forum_scenario(forum) as scenario:
        draft = await scenario.publish(await scenario.establish())
    session = dict(commenter.cookies)
    await commenter.post("/sign-out")
    commenter.cookies, head = session, await forum.backend.record.head()

    answer = await commenter.post(f"/drafts/{draft}/comments", {"body": "Too late."}, JSON)

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_SIGNED_IN"
    assert not commenter.cookies
    assert await forum.backend.record.head() == head
