"""Revoked tokens are refused on every node."""

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from intersessional.domain.command_handling.event_store import ClockDiffers, Unreachable
from intersessional.domain.kernel.act import Role
from intersessional.infra.auth import (
    InvalidToken,
    RevocationError,
    Revocations,
    TokenRevoked,
    development_token,
)
from intersessional.infra.clock import now
from intersessional.infra.settings import Mode
from tests.infra.auth.auth_node import AuthNode, ShiftedClock, open_node, settings
from tests.infra.auth.fake_issuer import FakeIssuer, ec_key

WAIT_MAX_S = 30
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock()


@pytest_asyncio.fixture
async def node(
    database_url: str, issuer: FakeIssuer, clock: ShiftedClock
) -> AsyncGenerator[AuthNode]:
    node_settings = settings(Mode.DEVELOPMENT, issuer)
    async with open_node(database_url, node_settings, clock=clock) as node:
        yield node


async def person_of(node: AuthNode, token: str) -> UUID:
    """The person of a token. Raises TokenRevoked."""
    principal = await node.authenticator.authenticate(f"Bearer {token}")
    assert principal.caller.person is not None
    return principal.caller.person


async def wait_until_revoked(node: AuthNode, token: str) -> None:
    """Wait until a node does not accept a token any more."""
    revoked = asyncio.Event()
    with node.authenticator.revocations.notifying(revoked.set):
        async with asyncio.timeout(WAIT_MAX_S):
            while True:
                try:
                    await person_of(node, token)
                except TokenRevoked:
                    return
                await revoked.wait()
                revoked.clear()


async def test_revoked_token_is_refused_and_another_of_the_same_person_is_not(
    node: AuthNode, issuer: FakeIssuer
) -> None:
    lost, other = issuer.token(now(), jti="1"), issuer.token(now(), jti="2")
    person = await person_of(node, lost)

    await node.authenticator.revoke(lost)

    with pytest.raises(TokenRevoked, match="You were signed out"):
        await person_of(node, lost)
    assert await person_of(node, other) == person


async def test_revoked_token_is_refused_with_any_encoding_of_its_signature(
    node: AuthNode, issuer: FakeIssuer
) -> None:
    issuer.rotate(ec_key("ec"))
    token = issuer.token(now())
    other = with_the_other_signature(token)
    assert await person_of(node, token) == await person_of(node, other)

    await node.authenticator.revoke(token)

    with pytest.raises(TokenRevoked):
        await person_of(node, other)


def with_the_other_signature(token: str) -> str:
    """The same token: of two numbers that sign with ECDSA, the other one."""
    signed, _, signature = token.rpartition(".")
    r_and_s = urlsafe_b64decode(signature + "==")
    other = P256_ORDER - int.from_bytes(r_and_s[32:])
    return f"{signed}.{urlsafe_b64encode(r_and_s[:32] + other.to_bytes(32)).decode().rstrip('=')}"


async def test_person_is_signed_out_until_they_sign_in_again(
    node: AuthNode, issuer: FakeIssuer, clock: ShiftedClock
) -> None:
    before = issuer.token(now(), iat=int(now().timestamp()))
    other = issuer.token(now(), iat=int(now().timestamp()), sub="another")
    person = await person_of(node, before)

    await node.authenticator.sign_out(person)

    with pytest.raises(TokenRevoked):
        await person_of(node, before)
    await person_of(node, other)
    clock.ahead = timedelta(minutes=5)
    again = issuer.token(clock(), iat=int(clock().timestamp()))
    assert await person_of(node, again) == person
    with pytest.raises(TokenRevoked):
        await person_of(node, before)


async def test_second_sign_out_counts_from_the_later_time(
    node: AuthNode, issuer: FakeIssuer, clock: ShiftedClock
) -> None:
    person = await person_of(node, issuer.token(now(), iat=int(now().timestamp())))
    clock.ahead = timedelta(minutes=5)
    between = issuer.token(clock(), iat=int(clock().timestamp()))
    clock.ahead = timedelta(minutes=10)
    await node.authenticator.sign_out(person)
    clock.ahead = timedelta(0)
    await node.authenticator.sign_out(person)
    clock.ahead = timedelta(minutes=10)

    with pytest.raises(TokenRevoked):
        await person_of(node, between)


async def test_token_without_iat_of_a_signed_out_person_is_refused(
    node: AuthNode, issuer: FakeIssuer
) -> None:
    token = issuer.token(now())
    person = await person_of(node, token)

    await node.authenticator.sign_out(person)

    with pytest.raises(TokenRevoked):
        await person_of(node, token)


async def test_operators_token_can_be_revoked(node: AuthNode) -> None:
    token = (await development_token(node.authenticator, Role.OPERATOR)).text
    assert (await node.authenticator.authenticate(f"Bearer {token}")).caller.operator

    await node.authenticator.revoke(token)

    with pytest.raises(TokenRevoked):
        await node.authenticator.authenticate(f"Bearer {token}")


async def test_revoking_one_development_token_leaves_another_of_the_same_second(
    node: AuthNode,
) -> None:
    lost, remaining = [
        (await development_token(node.authenticator, Role.COMMENTER, name="Ann")).text
        for _ in range(2)
    ]

    await node.authenticator.revoke(lost)

    with pytest.raises(TokenRevoked):
        await node.authenticator.authenticate(f"Bearer {lost}")
    assert (await node.authenticator.authenticate(f"Bearer {remaining}")).caller.person


async def test_revocation_reaches_every_node_and_one_that_starts_later(
    database_url: str, node: AuthNode, issuer: FakeIssuer, clock: ShiftedClock
) -> None:
    node_settings = settings(Mode.DEVELOPMENT, issuer)
    token = issuer.token(now())
    person = await person_of(node, token)
    async with open_node(database_url, node_settings, clock=clock) as other:
        assert await person_of(other, token) == person

        await node.authenticator.sign_out(person)

        await wait_until_revoked(other, token)
    async with open_node(database_url, node_settings, clock=clock) as later:
        with pytest.raises(TokenRevoked):
            await person_of(later, token)


async def test_revocation_is_found_without_its_notification(
    database_url: str, node: AuthNode, issuer: FakeIssuer
) -> None:
    token = issuer.token(now())
    person = await person_of(node, token)
    value = asyncio.Event()
    async with Revocations(node.pool, clock=now, poll_s=0.05) as deaf:
        with deaf.notifying(value.set):
            await node.authenticator.sign_out(person)

            async with asyncio.timeout(WAIT_MAX_S):
                await value.wait()


async def test_concurrent_revocations_are_all_found(node: AuthNode, issuer: FakeIssuer) -> None:
    tokens = [issuer.token(now(), jti=str(number)) for number in range(30)]

    await asyncio.gather(*(node.authenticator.revoke(token) for token in tokens))

    for token in tokens:
        with pytest.raises(TokenRevoked):
            await person_of(node, token)


async def test_invalid_token_and_unknown_person_cannot_be_revoked(node: AuthNode) -> None:
    with pytest.raises(RevocationError, match="not a signed"):
        await node.authenticator.revoke("no token")
    with pytest.raises(RevocationError, match="has the id"):
        await node.authenticator.sign_out(uuid4())


async def test_revocation_cannot_be_undone(node: AuthNode, issuer: FakeIssuer) -> None:
    await node.authenticator.revoke(issuer.token(now()))

    for statement in ("DELETE FROM revocations", "UPDATE revocations SET position = 7"):
        with pytest.raises(Unreachable, match="permission denied for table revocations"):
            await node.pool.execute(statement)


async def test_clocks_that_differ_forget_no_revocation_and_sign_nobody_out(node: AuthNode) -> None:
    times = [now(), now() + timedelta(days=40)]

    def clock() -> datetime:
        if times[0] != times[-1]:
            raise ClockDiffers("The server's clock is 3456000 s behind the database's.")
        return times[0]

    async with Revocations(node.pool, clock=clock, poll_s=0.05) as revocations:
        await revocations.revoke_token(bytes(32), now() + timedelta(hours=12))
        await revocations.revoke_token(bytes(31) + b"1", now() - timedelta(days=1))
        assert revocations.is_revoked(bytes(32))
        assert revocations.is_revoked(bytes(31) + b"1")
        with pytest.raises(ClockDiffers):
            await revocations.revoke_person(uuid4())

        times.pop()
        await revocations.revoke_token(bytes(31) + b"2", now() - timedelta(days=1))
        assert [revocations.is_revoked(bytes(31) + end) for end in (b"\0", b"1", b"2")] == [
            *(True, False, False)
        ]


def test_token_revoked_is_an_invalid_token() -> None:
    assert issubclass(TokenRevoked, InvalidToken)
    assert TokenRevoked.code == "TOKEN_REVOKED"
