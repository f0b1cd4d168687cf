"""Development tokens are made and accepted in development only."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import OctKey

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.domain.kernel.refusals import Refused
from intersessional.domain.participant.participant import Participant
from intersessional.infra.auth import (
    DevelopmentTokenError,
    InvalidToken,
    TokenExpired,
    development_token,
)
from intersessional.infra.settings import Mode
from tests.infra.auth.auth_node import AuthNode, ShiftedClock, open_node, settings
from tests.infra.auth.fake_issuer import FakeIssuer
from tests.infra.auth.forged_tokens import forge_token

DEVELOPMENT = settings(Mode.DEVELOPMENT)
PEOPLE = [role for role in Role if role not in (Role.SYSTEM, Role.OPERATOR)]


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock()


@pytest_asyncio.fixture
async def node(database_url: str, clock: ShiftedClock) -> AsyncGenerator[AuthNode]:
    async with open_node(database_url, DEVELOPMENT, clock=clock) as node:
        yield node


async def recorded(node: AuthNode) -> int:
    return (await node.log.head()).position


async def participant(node: AuthNode, caller: Caller) -> Participant:
    assert caller.person is not None
    found = await node.event_store.load(caller.person)
    assert isinstance(found, Participant)
    return found


async def refusal(node: AuthNode, text: str) -> InvalidToken:
    with pytest.raises(InvalidToken) as refused:
        await node.authenticator.authenticate(f"Bearer {text}")
    return refused.value


async def test_development_token_lets_its_person_act_in_every_role(
    node: AuthNode, clock: ShiftedClock
) -> None:
    tokens = {role: await development_token(node.authenticator, role) for role in PEOPLE}

    for role, token in tokens.items():
        principal = await node.authenticator.authenticate(f"Bearer {token.text}")
        someone = await participant(node, principal.caller)

        assert principal.caller == Caller(person=token.person)
        assert principal.expires_at == token.expires_at
        assert someone.accepted_code_of_conduct
        assert {held for held in PEOPLE if someone.holds(held, clock())} - {Role.COMMENTER} == (
            set() if role is Role.FACILITATOR else {role} - {Role.COMMENTER}
        )
    assert len({token.person for token in tokens.values()}) == len(PEOPLE)


async def test_second_development_token_records_nothing_twice(
    database_url: str, node: AuthNode, clock: ShiftedClock
) -> None:
    first = await development_token(node.authenticator, Role.MAG_CHAIR, name="Ana")
    before = await recorded(node)

    clock.ahead = timedelta(hours=1)
    again = await development_token(node.authenticator, Role.MAG_CHAIR, name="Ana")
    async with open_node(database_url, DEVELOPMENT) as restarted:
        once_more = await development_token(restarted.authenticator, Role.MAG_CHAIR, name="Ana")

    assert before == 3
    assert await recorded(node) == before
    assert first.person == again.person == once_more.person
    assert again.expires_at > first.expires_at


async def test_development_tokens_from_two_nodes_at_once_record_nothing_twice(
    database_url: str, node: AuthNode
) -> None:
    async with open_node(database_url, DEVELOPMENT) as another:
        tokens = await asyncio.gather(
            *(development_token(n.authenticator, Role.SECRETARIAT) for n in [node, another] * 5)
        )

        assert len({token.person for token in tokens}) == 1
        assert await recorded(node) == 3
        for token in tokens:
            assert (await another.authenticator.authenticate(f"Bearer {token.text}")).caller.person


async def test_development_token_for_another_name_is_for_another_person(node: AuthNode) -> None:
    ana = await development_token(node.authenticator, Role.COMMENTER, name="Ana")
    accented = await development_token(node.authenticator, Role.COMMENTER, name="Li\u0301gia")
    composed = await development_token(node.authenticator, Role.COMMENTER, name="L\u00edgia")
    nobody_named = await development_token(node.authenticator, Role.COMMENTER)

    assert accented.person == composed.person
    assert len({ana.person, accented.person, nobody_named.person}) == 3


@pytest.mark.parametrize("name", ["", "  ", "n" * 301, "\0", "\ud800", "two\nlines"])
async def test_development_token_for_an_invalid_name_is_refused(node: AuthNode, name: str) -> None:
    with pytest.raises(Refused):
        await development_token(node.authenticator, Role.COMMENTER, name=name)

    assert await recorded(node) == 0


async def test_development_token_of_the_operator_has_no_person(node: AuthNode) -> None:
    token = await development_token(node.authenticator, Role.OPERATOR)

    assert token.person is None
    assert (await node.authenticator.authenticate(f"Bearer {token.text}")).caller == OPERATOR
    assert await recorded(node) == 0
    with pytest.raises(DevelopmentTokenError, match="no name"):
        await development_token(node.authenticator, Role.OPERATOR, name="Ana")


async def test_record_itself_has_no_token(node: AuthNode) -> None:
    with pytest.raises(DevelopmentTokenError, match="no token"):
        await development_token(node.authenticator, Role.SYSTEM)

    assert await recorded(node) == 0


async def test_development_token_has_the_given_lifetime(
    node: AuthNode, clock: ShiftedClock
) -> None:
    token = await development_token(
        node.authenticator, Role.COMMENTER, lifetime=timedelta(minutes=5)
    )
    clock.ahead = timedelta(minutes=4)
    assert (
        await node.authenticator.authenticate(f"Bearer {token.text}")
    ).caller.person == token.person

    clock.ahead = timedelta(minutes=5)

    assert isinstance(await refusal(node, token.text), TokenExpired)


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(seconds=-1), timedelta(days=400)])
async def test_development_token_with_an_invalid_lifetime_is_refused(
    node: AuthNode, lifetime: timedelta
) -> None:
    with pytest.raises(DevelopmentTokenError, match="at least a second"):
        await development_token(node.authenticator, Role.COMMENTER, lifetime=lifetime)

    assert await recorded(node) == 0


async def test_development_token_does_not_show_in_its_repr(node: AuthNode) -> None:
    token = await development_token(node.authenticator, Role.COMMENTER)

    assert token.text not in repr(token)


async def test_development_token_in_production_is_refused(database_url: str) -> None:
    async with open_node(database_url, settings()) as production:
        with pytest.raises(DevelopmentTokenError, match="INTERSESSIONAL_MODE=development"):
            await development_token(production.authenticator, Role.OPERATOR)

        assert await recorded(production) == 0
        assert await production.pool.fetchval("SELECT count(*) FROM development_secret") == 0


async def test_development_token_is_not_accepted_in_production(
    database_url: str, node: AuthNode, issuer: FakeIssuer
) -> None:
    tokens = [
        await development_token(node.authenticator, role) for role in (Role.OPERATOR, *PEOPLE)
    ]
    assert await node.pool.fetchval("SELECT count(*) FROM development_secret") == 1

    for node_settings in (settings(), settings(issuer=issuer)):
        async with open_node(database_url, node_settings) as production:
            for token in tokens:
                assert (await refusal(production, token.text)).code == "TOKEN_REFUSED"


async def test_development_secret_signs_no_token_of_the_oidc_issuer(
    database_url: str, node: AuthNode, issuer: FakeIssuer, clock: ShiftedClock
) -> None:
    secret = OctKey.import_key(await node.pool.fetchval("SELECT secret FROM development_secret"))
    forged = jwt.encode({"alg": "HS256", "kid": "first"}, issuer.claims(clock()), secret)

    for mode in Mode:
        async with open_node(database_url, settings(mode, issuer)) as trusting:
            assert (await refusal(trusting, forged)).code == "TOKEN_REFUSED"


async def test_oidc_token_is_accepted_in_development(
    database_url: str, issuer: FakeIssuer, clock: ShiftedClock
) -> None:
    async with open_node(database_url, settings(Mode.DEVELOPMENT, issuer), clock=clock) as node:
        own = await development_token(node.authenticator, Role.COMMENTER)

        foreign = await node.authenticator.authenticate(f"Bearer {issuer.token(clock())}")

        assert (
            await node.authenticator.authenticate(f"Bearer {own.text}")
        ).caller.person == own.person
        assert foreign.caller.person not in (None, own.person)


async def test_oidc_subject_operator_is_not_the_operator(
    database_url: str, issuer: FakeIssuer, clock: ShiftedClock
) -> None:
    async with open_node(database_url, settings(Mode.DEVELOPMENT, issuer), clock=clock) as node:
        for subject in ("operator", "OPERATOR"):
            token = issuer.token(clock(), sub=subject)

            assert not (await node.authenticator.authenticate(f"Bearer {token}")).caller.operator


async def test_development_token_with_another_signature_is_refused(
    node: AuthNode, issuer: FakeIssuer
) -> None:
    claims = {"iss": "development", "aud": "development", "sub": "operator", "exp": 9_999_999_999}
    forged = forge_token({"alg": "HS256"}, claims, lambda _: b"0" * 32)

    assert "signature" in str(await refusal(node, forged))
    assert "Only development tokens" in str(await refusal(node, issuer.token(ShiftedClock()())))
