"""Whoever is signed out is not let in any more: by no node, from the same moment on."""

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio

from intersessional.domain.kernel.act import Role
from intersessional.infra.auth import (
    InvalidToken,
    RevocationError,
    Revocations,
    TokenRevoked,
    development_token,
)
from intersessional.infra.event_store.append.sequencer import now
from intersessional.infra.settings import Mode
from tests.infra.auth.issuer import Issuer, ec_key
from tests.infra.auth.node import Clock, Node, a_node, settings

WAIT_MAX_S = 30
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def node(database_url: str, issuer: Issuer, clock: Clock) -> AsyncGenerator[Node]:
    chosen = settings(Mode.DEVELOPMENT, issuer)
    async with a_node(database_url, chosen, clock=clock) as node:
        yield node


async def person_of(node: Node, token: str) -> UUID:
    """Who is let in with a token. Raises TokenRevoked."""
    signed_in = await node.identity.caller(f"Bearer {token}")
    assert signed_in.caller.person is not None
    return signed_in.caller.person


async def until_revoked(node: Node, token: str) -> None:
    """Wait until a node does not accept a token any more."""
    revoked = asyncio.Event()
    with node.identity.revocations.telling(revoked.set):
        async with asyncio.timeout(WAIT_MAX_S):
            while True:
                try:
                    await person_of(node, token)
                except TokenRevoked:
                    return
                await revoked.wait()
                revoked.clear()


async def test_a_revoked_token_is_refused_and_another_of_the_same_person_is_not(
    node: Node, issuer: Issuer
) -> None:
    lost, kept = issuer.token(now(), jti="1"), issuer.token(now(), jti="2")
    person = await person_of(node, lost)

    await node.identity.revoke(lost)

    with pytest.raises(TokenRevoked, match="You were signed out"):
        await person_of(node, lost)
    assert await person_of(node, kept) == person


async def test_a_revoked_token_is_refused_however_its_signature_is_written(
    node: Node, issuer: Issuer
) -> None:
    issuer.rotate(ec_key("ec"))
    token = issuer.token(now())
    other = with_the_other_signature(token)
    assert await person_of(node, token) == await person_of(node, other)

    await node.identity.revoke(token)

    with pytest.raises(TokenRevoked):
        await person_of(node, other)


def with_the_other_signature(token: str) -> str:
    """The same token: of two numbers that sign with ECDSA, the other one."""
    signed, _, signature = token.rpartition(".")
    r_and_s = urlsafe_b64decode(signature + "==")
    other = P256_ORDER - int.from_bytes(r_and_s[32:])
    return f"{signed}.{urlsafe_b64encode(r_and_s[:32] + other.to_bytes(32)).decode().rstrip('=')}"


async def test_a_person_is_signed_out_until_they_sign_in_again(
    node: Node, issuer: Issuer, clock: Clock
) -> None:
    before = issuer.token(now(), iat=int(now().timestamp()))
    other = issuer.token(now(), iat=int(now().timestamp()), sub="another")
    person = await person_of(node, before)

    await node.identity.sign_out(person)

    with pytest.raises(TokenRevoked):
        await person_of(node, before)
    await person_of(node, other)
    clock.ahead = timedelta(minutes=5)
    again = issuer.token(clock(), iat=int(clock().timestamp()))
    assert await person_of(node, again) == person
    with pytest.raises(TokenRevoked):
        await person_of(node, before)


async def test_who_was_signed_out_twice_is_so_since_the_later_time(
    node: Node, issuer: Issuer, clock: Clock
) -> None:
    person = await person_of(node, issuer.token(now(), iat=int(now().timestamp())))
    clock.ahead = timedelta(minutes=5)
    between = issuer.token(clock(), iat=int(clock().timestamp()))
    clock.ahead = timedelta(minutes=10)
    await node.identity.sign_out(person)
    clock.ahead = timedelta(0)
    await node.identity.sign_out(person)
    clock.ahead = timedelta(minutes=10)

    with pytest.raises(TokenRevoked):
        await person_of(node, between)


async def test_of_who_was_signed_out_no_token_is_accepted_that_does_not_say_how_old_it_is(
    node: Node, issuer: Issuer
) -> None:
    token = issuer.token(now())
    person = await person_of(node, token)

    await node.identity.sign_out(person)

    with pytest.raises(TokenRevoked):
        await person_of(node, token)


async def test_the_operators_token_can_be_revoked_too(node: Node) -> None:
    token = (await development_token(node.identity, Role.OPERATOR)).text
    assert (await node.identity.caller(f"Bearer {token}")).caller.operator

    await node.identity.revoke(token)

    with pytest.raises(TokenRevoked):
        await node.identity.caller(f"Bearer {token}")


async def test_every_node_knows_it_and_one_that_starts_later_too(
    database_url: str, node: Node, issuer: Issuer, clock: Clock
) -> None:
    chosen = settings(Mode.DEVELOPMENT, issuer)
    token = issuer.token(now())
    person = await person_of(node, token)
    async with a_node(database_url, chosen, clock=clock) as other:
        assert await person_of(other, token) == person

        await node.identity.sign_out(person)

        await until_revoked(other, token)
    async with a_node(database_url, chosen, clock=clock) as later:
        with pytest.raises(TokenRevoked):
            await person_of(later, token)


async def test_what_no_notification_tells_is_found_all_the_same(
    database_url: str, node: Node, issuer: Issuer
) -> None:
    token = issuer.token(now())
    person = await person_of(node, token)
    told = asyncio.Event()
    async with Revocations(node.pool, clock=now, poll_s=0.05) as deaf:
        with deaf.telling(told.set):
            await node.identity.sign_out(person)

            async with asyncio.timeout(WAIT_MAX_S):
                await told.wait()


async def test_many_at_once_are_all_known(node: Node, issuer: Issuer) -> None:
    tokens = [issuer.token(now(), jti=str(number)) for number in range(30)]

    await asyncio.gather(*(node.identity.revoke(token) for token in tokens))

    for token in tokens:
        with pytest.raises(TokenRevoked):
            await person_of(node, token)


async def test_what_is_no_token_and_whom_nobody_knows_cannot_be_signed_out(node: Node) -> None:
    with pytest.raises(RevocationError, match="not a signed"):
        await node.identity.revoke("no token")
    with pytest.raises(RevocationError, match="has the id"):
        await node.identity.sign_out(uuid4())


async def test_it_cannot_be_taken_back(node: Node, issuer: Issuer) -> None:
    await node.identity.revoke(issuer.token(now()))

    for statement in ("DELETE FROM revocations", "UPDATE revocations SET position = 7"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await node.pool.execute(statement)


def test_who_is_signed_out_is_refused_like_any_token() -> None:
    assert issubclass(TokenRevoked, InvalidToken)
    assert TokenRevoked.code == "TOKEN_REVOKED"
