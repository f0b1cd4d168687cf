"""People sign in at the page: with the issuer, and in development as anyone."""

from collections.abc import AsyncGenerator
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio

from tests.databases import fresh_database
from tests.graphql.server import Server, serving
from tests.infra.auth.sign_in_issuer import Misconduct, SignInIssuer
from tests.page.issuer_node import ORIGIN, at_the_issuer
from tests.page.visitor import Visitor, set_cookies, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

VIEWER = "{ viewer { __typename } }"
ANA = {"role": "COMMENTER", "name": "Ana"}


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(forum: Server) -> AsyncGenerator[Visitor]:
    async with visiting(forum) as visitor:
        yield visitor


@pytest_asyncio.fixture(loop_scope="session")
async def citizen(production: Server, issuer: SignInIssuer) -> AsyncGenerator[Visitor]:
    issuer.misconduct = Misconduct()
    async with visiting(production) as visitor:
        yield visitor


async def test_anyone_signs_in_during_development(visitor: Visitor) -> None:
    form = await visitor.get("/sign-in?next=/drafts/1%23c-2")
    assert 'value="/drafts/1#c-2"' in form.text
    assert not await visitor.is_signed_in()

    signed_in = await visitor.post("/sign-in", ANA | {"next": "/drafts/1#c-2"})

    assert signed_in.status_code == 303
    assert signed_in.headers["location"] == "/drafts/1#c-2"
    cookie = set_cookies(signed_in)["session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "lax", "/")
    assert (cookie["secure"], cookie["domain"], cookie["max-age"]) == ("", "", "43200")
    assert await visitor.is_signed_in()


async def test_same_name_and_role_is_the_same_person(forum: Server) -> None:
    async with visiting(forum) as one, visiting(forum) as other:
        for each in (one, other):
            await each.post("/sign-in", ANA)
        assert one.cookies != other.cookies
        assert (await one.get("/keys")).headers["etag"] == (await other.get("/keys")).headers[
            "etag"
        ]


@pytest.mark.parametrize(
    "form", [{"role": "OPERATOR"}, {"role": "SYSTEM"}, {"role": "x"}, {}, {**ANA, "name": "\0"}]
)
async def test_nobody_becomes_whom_no_person_is(visitor: Visitor, form: dict[str, str]) -> None:
    refused = await visitor.post("/sign-in", form)

    assert refused.status_code == 400
    assert "Nobody was signed in" in refused.text
    assert not visitor.cookies


async def test_api_reads_no_cookie(visitor: Visitor, forum: Server) -> None:
    await visitor.post("/sign-in", ANA)
    token = visitor.cookies["session"]
    asked = {"query": VIEWER}

    by_cookie = await visitor.http.post(
        forum.url, json=asked, headers={"Cookie": f"session={token}; __Host-session={token}"}
    )
    by_header = await visitor.http.post(
        forum.url, json=asked, headers={"Authorization": f"Bearer {token}"}
    )

    assert by_cookie.json()["data"]["viewer"] is None
    assert by_header.status_code == 401


async def test_signing_in_again_ends_the_session_before(visitor: Visitor) -> None:
    await visitor.post("/sign-in", ANA)
    before = dict(visitor.cookies)
    await visitor.post("/sign-in", {"role": "SECRETARIAT"})
    assert await visitor.is_signed_in()

    visitor.cookies = before

    assert not await visitor.is_signed_in()
    assert not visitor.cookies


async def test_signing_out_ends_the_session(visitor: Visitor) -> None:
    await visitor.post("/sign-in", ANA)
    before = dict(visitor.cookies)

    signed_out = await visitor.post("/sign-out")

    assert (signed_out.status_code, signed_out.headers["location"]) == (303, "/")
    assert signed_out.headers["clear-site-data"] == '"cache"'
    assert not visitor.cookies
    visitor.cookies = before
    assert not await visitor.is_signed_in()


async def test_page_says_where_no_session_is_stored(visitor: Visitor) -> None:
    here = await visitor.get("/sign-in")
    elsewhere = await visitor.get("/sign-in", {"Host": "192.0.2.1"})

    assert "forgets who you are" not in here.text
    assert "forgets who you are" in elsewhere.text


async def test_page_says_who_is_signed_in(visitor: Visitor) -> None:
    anonymous = await visitor.get("/sign-out")
    await visitor.post("/sign-in", ANA | {"name": "<b>Ana</b>"})
    page = await visitor.get("/sign-out")

    assert "You are not signed in" in anonymous.text
    assert "You are signed in as <bdi>&lt;b&gt;Ana&lt;/b&gt;</bdi>." in page.text


async def test_server_without_an_issuer_says_so(postgres: str, migrated: str) -> None:
    async with (
        fresh_database(postgres, migrated) as dsn,
        serving(dsn, mode="production") as server,
        visiting(server) as visitor,
    ):
        assert "not set up" in (await visitor.get("/sign-in")).text
        for path in ("/sign-in/issuer", "/sign-in/callback?code=x&state=y"):
            assert (await visitor.get(path)).status_code == 404
        assert (await visitor.post("/sign-in", ANA)).status_code == 404
        assert not visitor.cookies


async def test_nobody_is_anyone_in_production(citizen: Visitor) -> None:
    page = await citizen.get("/sign-in")
    answer = await citizen.post("/sign-in", {"role": "SECRETARIAT"})

    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]
    assert answer.status_code == 404
    assert not citizen.cookies


async def test_person_signs_in_with_the_issuer(citizen: Visitor) -> None:
    page = await citizen.get("/sign-in?next=/drafts/1?x=%22%26y")
    assert 'href="/sign-in/issuer?next=/drafts/1%3Fx%3D%22%26y"' in page.text

    path = await at_the_issuer(citizen)
    back = await citizen.get(path)

    assert back.status_code == 303
    assert back.headers["location"] == "/me?next=%2Fdrafts%2F1"
    cookies = set_cookies(back)
    session = cookies["__Host-session"]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "lax")
    assert (session["path"], session["domain"]) == ("/", "")
    assert cookies["__Host-sign-in"]["max-age"] == "0"
    assert list(citizen.cookies) == ["__Host-session"]


async def test_what_a_browser_holds_at_the_issuer_is_bound_to_it(citizen: Visitor) -> None:
    out = await citizen.get("/sign-in/issuer")

    cookie = set_cookies(out)["__Host-sign-in"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "lax")
    assert int(cookie["max-age"]) <= 900
    asked = parse_qs(urlsplit(out.headers["location"]).query)
    assert asked["redirect_uri"] == [f"{ORIGIN}/sign-in/callback"]
    assert "code_challenge" in asked
    assert out.headers["cache-control"] == "no-store"


async def test_way_back_is_taken_once(citizen: Visitor) -> None:
    path = await at_the_issuer(citizen)
    begun = dict(citizen.cookies)
    await citizen.get(path)
    citizen.cookies = begun

    again = await citizen.get(path)

    assert again.status_code == 400
    assert "used already" in again.text
    assert not citizen.cookies


async def test_way_back_of_another_browser_signs_nobody_in(
    production: Server, citizen: Visitor
) -> None:
    path = await at_the_issuer(citizen)

    async with visiting(production) as victim:
        without = await victim.get(path)
        await victim.get("/sign-in/issuer")
        with_another = await victim.get(path)

        assert (without.status_code, with_another.status_code) == (400, 400)
        assert not victim.cookies


async def test_page_says_when_the_issuer_is_away(citizen: Visitor, issuer: SignInIssuer) -> None:
    path = await at_the_issuer(citizen)
    issuer.misconduct = Misconduct(status=503)

    away = await citizen.get(path)

    assert away.status_code == 503
    assert away.headers["retry-after"] == "5"
    assert "What you have written is kept on this device" in away.text
    assert "__Host-session" not in citizen.cookies


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example/", "/\\evil.example"])
async def test_nobody_is_led_elsewhere(visitor: Visitor, path: str) -> None:
    signed_in = await visitor.post("/sign-in", ANA | {"next": path})

    assert signed_in.headers["location"] == "/"
