"""Nobody acts as another person by a cookie, a link or a form."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from urllib.parse import quote

import pytest
import pytest_asyncio

from intersessional.domain.kernel.act import Role
from intersessional.infra.auth import development_token
from intersessional.infra.clock import now
from tests.graphql.server import Server
from tests.page.visitor import OWN, Visitor, set_cookies, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANA = {"role": "COMMENTER", "name": "Ana"}
MALLORY = {"role": "COMMENTER", "name": "Mallory"}
PUBLIC = {"Host": "forum.example"}
"""A host that is not this machine, so that cookies have their prefix."""


@pytest_asyncio.fixture(loop_scope="session")
async def victim(server: Server) -> AsyncGenerator[Visitor]:
    async with visiting(server) as visitor:
        yield visitor


@pytest_asyncio.fixture(loop_scope="session")
async def attacker(server: Server) -> AsyncGenerator[Visitor]:
    async with visiting(server) as visitor:
        await visitor.post("/sign-in", MALLORY)
        yield visitor


async def etag(visitor: Visitor, cookies: str, headers: dict[str, str] | None = None) -> str:
    """The tag of a page for whoever sends these cookies: it tells for whom the page was made."""
    answer = await visitor.http.get("/keys", headers={"Cookie": cookies, **(headers or {})})
    visitor.http.cookies.clear()
    return str(answer.headers["etag"])


async def test_session_that_was_planted_before_is_not_the_one_that_begins(
    victim: Visitor, attacker: Visitor
) -> None:
    planted = attacker.cookies["session"]
    for value in (planted, "chosen-by-me", ""):
        victim.cookies = {"session": value}
        await victim.post("/sign-in", ANA)

        assert victim.cookies["session"] not in (planted, value)

    assert not await attacker.is_signed_in()


async def test_session_is_of_no_use_after_it_has_ended(victim: Visitor) -> None:
    await victim.post("/sign-in", ANA)
    token = victim.cookies["session"]
    await victim.post("/sign-out")
    nobody = await etag(victim, "")

    # The last characters of a signature hold bits that decoders ignore.
    for replayed in (token, *(token[:-1] + last for last in "ABCDEFGH"), token + "="):
        assert await etag(victim, f"session={replayed}") == nobody


async def test_cookie_of_a_sibling_host_does_not_replace_the_session(
    victim: Visitor, attacker: Visitor
) -> None:
    signed_in = await victim.post("/sign-in", ANA, OWN | PUBLIC)
    [name] = set_cookies(signed_in)
    token, tossed = victim.cookies[name], attacker.cookies["session"]
    own = await etag(victim, f"{name}={token}", PUBLIC)
    nobody = await etag(victim, "", PUBLIC)

    assert name == "__Host-session"
    assert own != nobody
    for cookies in (
        f"session={tossed}; {name}={token}",
        f"{name}={token}; session={tossed}",
        f"__host-session={tossed}; {name}={token}",
    ):
        assert await etag(victim, cookies, PUBLIC) == own
    for cookies in (
        f"session={tossed}",
        f"{name}={token}; {name}={tossed}",
        f"{name}={tossed}; {name}={token}",
    ):
        assert await etag(victim, cookies, PUBLIC) == nobody


async def test_session_is_not_read_without_its_prefix_by_https(
    victim: Visitor, attacker: Visitor
) -> None:
    nobody = await etag(victim, "", PUBLIC)

    assert await etag(victim, f"session={attacker.cookies['session']}", PUBLIC) == nobody


async def test_other_tokens_are_no_session(server: Server, victim: Visitor) -> None:
    authenticator = server.backend.authenticator
    operator = await development_token(authenticator, Role.OPERATOR)
    person = await development_token(authenticator, Role.SECRETARIAT)
    transaction = authenticator.sessions.sign_ins.sign(
        str(person.person), now() + timedelta(hours=1)
    )
    nobody = await etag(victim, "")

    for token in (operator.text, person.text, transaction, "a.b.c", "\u00e9", "x" * 20_000):
        answer = await victim.http.get("/keys", headers={b"Cookie": b"session=" + token.encode()})
        assert answer.status_code == 200
        assert answer.headers["etag"] == nobody
        assert set_cookies(answer)["session"]["max-age"] == "0"
        victim.http.cookies.clear()


async def test_path_to_go_on_with_writes_no_header(victim: Visitor) -> None:
    injected = "/\r\nSet-Cookie: session=x\r\n\r\n<script>"

    signed_in = await victim.post("/sign-in", ANA | {"next": injected})
    shown = await victim.get(f"/sign-in?next={quote(injected)}")

    assert signed_in.headers["location"] == "/"
    assert len(signed_in.headers.get_list("set-cookie")) == 1
    assert 'name="next" value="/"' in shown.text


async def test_path_to_go_on_with_writes_no_markup(victim: Visitor) -> None:
    injected = quote('/"><script>alert(1)</script>')

    shown = await victim.get(f"/sign-in?next={injected}")

    assert "<script>alert" not in shown.text


async def test_refused_sign_in_tells_nothing_of_a_cookie(victim: Visitor) -> None:
    secret = "a-secret-that-was-in-a-cookie"

    answer = await victim.http.get("/keys", headers={"Cookie": f"session={secret}"})

    assert secret not in answer.text
    assert secret not in str(answer.headers)
