"""Session tokens are the page's alone, and end on every node."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import OctKey

from intersessional.domain.command_handling.event_store import Unreachable
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth import (
    InvalidToken,
    TokenExpired,
    TokenRevoked,
    development_token,
)
from intersessional.infra.auth.session_issuer import LIFETIME
from intersessional.infra.settings import Mode
from tests.infra.auth.auth_node import AuthNode, ShiftedClock, open_node, settings
from tests.infra.auth.fake_issuer import FakeIssuer
from tests.infra.auth.forged_tokens import forge_token


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock()


@pytest_asyncio.fixture
async def node(database_url: str, clock: ShiftedClock) -> AsyncGenerator[AuthNode]:
    async with open_node(database_url, settings(Mode.DEVELOPMENT), clock=clock) as node:
        yield node


def refusal(node: AuthNode, text: str) -> InvalidToken:
    with pytest.raises(InvalidToken) as refused:
        node.authenticator.authenticate_session(text)
    return refused.value


async def signed_in(node: AuthNode) -> UUID:
    """A person who has signed in before."""
    return (await node.authenticator.pseudonyms.get_or_create("issuer", "ana")).id


async def test_session_lasts_twelve_hours_on_every_node(
    database_url: str, node: AuthNode, clock: ShiftedClock
) -> None:
    person = uuid4()
    session = node.authenticator.sessions.sign(person)

    async with open_node(database_url, settings(), clock=clock) as another:
        for each in (node, another):
            principal = each.authenticator.authenticate_session(session.text)
            assert principal.caller == Caller(person=person)
            assert principal.expires_at == session.expires_at

        clock.ahead = LIFETIME + timedelta(seconds=1)

        assert isinstance(refusal(another, session.text), TokenExpired)


async def test_session_token_is_no_bearer_token(
    database_url: str, node: AuthNode, issuer: FakeIssuer
) -> None:
    session = node.authenticator.sessions.sign(uuid4())

    for mode in Mode:
        for node_settings in (settings(mode), settings(mode, issuer)):
            async with open_node(database_url, node_settings) as each:
                with pytest.raises(InvalidToken):
                    await each.authenticator.authenticate(f"Bearer {session.text}")


async def test_session_token_is_no_bearer_token_under_the_secret_of_another(
    node: AuthNode,
) -> None:
    await development_token(node.authenticator, Role.COMMENTER)
    secret = await node.pool.fetchval("SELECT secret FROM development_secret")
    claims = {"iss": "session", "aud": "page", "sub": str(uuid4()), "exp": 9_999_999_999}
    token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(secret))

    with pytest.raises(InvalidToken, match="another"):
        await node.authenticator.authenticate(f"Bearer {token}")


async def test_other_tokens_are_no_session(
    node: AuthNode, issuer: FakeIssuer, clock: ShiftedClock
) -> None:
    bearer = await development_token(node.authenticator, Role.SECRETARIAT)
    claims = {"iss": "session", "aud": "page", "sub": str(bearer.person), "exp": 9_999_999_999}
    sign_in = node.authenticator.sessions.sign_ins.sign(str(bearer.person), bearer.expires_at)

    for text in (
        bearer.text,
        sign_in,
        issuer.token(clock()),
        forge_token({"alg": "none"}, claims, lambda _: b"0"),
        forge_token({"alg": "HS256"}, claims, lambda _: b"0" * 32),
        "",
        "no.token.",
    ):
        assert refusal(node, text).code == "TOKEN_REFUSED"


async def test_session_that_has_ended_is_refused_on_every_node(
    database_url: str, node: AuthNode, clock: ShiftedClock
) -> None:
    person = uuid4()
    ended, other = (node.authenticator.sessions.sign(person) for _ in range(2))
    principal = node.authenticator.authenticate_session(ended.text)

    await node.authenticator.end_session(principal)

    async with open_node(database_url, settings(), clock=clock) as restarted:
        for each in (node, restarted):
            assert isinstance(refusal(each, ended.text), TokenRevoked)
            assert each.authenticator.authenticate_session(other.text).caller.person == person


async def test_person_who_is_signed_out_has_no_session_left(
    node: AuthNode, clock: ShiftedClock
) -> None:
    person = await signed_in(node)
    before = node.authenticator.sessions.sign(person)

    await node.authenticator.sign_out(person)
    clock.ahead = timedelta(seconds=2)
    after = node.authenticator.sessions.sign(person)

    assert isinstance(refusal(node, before.text), TokenRevoked)
    assert node.authenticator.authenticate_session(after.text).caller.person == person


async def test_ended_sessions_are_forgotten_when_they_have_expired(
    node: AuthNode, clock: ShiftedClock
) -> None:
    revocations = node.authenticator.revocations
    first, second = (node.authenticator.sessions.sign(uuid4()) for _ in range(2))
    principals = [node.authenticator.authenticate_session(each.text) for each in (first, second)]
    await node.authenticator.end_session(principals[0])
    assert principals[0].token is not None
    assert revocations.is_revoked(principals[0].token)

    clock.ahead = LIFETIME + timedelta(minutes=2)
    await node.authenticator.end_session(principals[1])

    assert not revocations.is_revoked(principals[0].token)
    assert isinstance(refusal(node, first.text), TokenExpired)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE session_secret SET secret = '01234567890123456789012345678901'",
        "DELETE FROM session_secret",
        "INSERT INTO session_secret (secret) VALUES ('01234567890123456789012345678901')",
    ],
)
async def test_node_cannot_replace_the_secret(node: AuthNode, statement: str) -> None:
    before = node.authenticator.sessions.sign(uuid4())

    with pytest.raises((Unreachable, asyncpg.UniqueViolationError)):
        await node.pool.execute(statement)

    node.authenticator.authenticate_session(before.text)


async def test_session_token_does_not_show_in_its_repr(node: AuthNode) -> None:
    session = node.authenticator.sessions.sign(uuid4())

    assert session.text not in repr(session)
