"""In development the process hands out tokens; in production nobody believes them."""

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
from intersessional.infra.event_store.aggregate_repository import CachedAggregateRepository
from intersessional.infra.settings import Mode
from tests.infra.auth.forged import by_hand
from tests.infra.auth.issuer import Issuer
from tests.infra.auth.node import Clock, Node, a_node, settings

DEVELOPMENT = settings(Mode.DEVELOPMENT)
PEOPLE = [role for role in Role if role is not Role.OPERATOR]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def node(database_url: str, clock: Clock) -> AsyncGenerator[Node]:
    async with a_node(database_url, DEVELOPMENT, clock=clock) as node:
        yield node


async def recorded(node: Node) -> int:
    return (await node.log.head()).position


async def participant(node: Node, caller: Caller) -> Participant:
    assert caller.person is not None
    found = await CachedAggregateRepository(node.log, node.codec).find(caller.person)
    assert isinstance(found, Participant)
    return found


async def refusal(node: Node, text: str) -> InvalidToken:
    with pytest.raises(InvalidToken) as refused:
        await node.identity.caller(f"Bearer {text}")
    return refused.value


async def test_every_role_has_someone_who_can_act_in_it(node: Node, clock: Clock) -> None:
    tokens = {role: await development_token(node.identity, role) for role in PEOPLE}

    for role, token in tokens.items():
        signed_in = await node.identity.caller(f"Bearer {token.text}")
        someone = await participant(node, signed_in.caller)

        assert signed_in.caller == Caller(person=token.person)
        assert signed_in.expires_at == token.expires_at
        assert someone.accepted_code_of_conduct
        assert {held for held in PEOPLE if someone.holds(held, clock())} - {Role.COMMENTER} == (
            set() if role is Role.FACILITATOR else {role} - {Role.COMMENTER}
        )
    assert len({token.person for token in tokens.values()}) == len(PEOPLE)


async def test_asking_again_records_nothing_twice(
    database_url: str, node: Node, clock: Clock
) -> None:
    first = await development_token(node.identity, Role.MAG_CHAIR, name="Ana")
    stands = await recorded(node)

    clock.ahead = timedelta(hours=1)
    again = await development_token(node.identity, Role.MAG_CHAIR, name="Ana")
    async with a_node(database_url, DEVELOPMENT) as restarted:
        once_more = await development_token(restarted.identity, Role.MAG_CHAIR, name="Ana")

    assert stands == 3
    assert await recorded(node) == stands
    assert first.person == again.person == once_more.person
    assert again.expires_at > first.expires_at


async def test_asking_from_two_nodes_at_once_records_nothing_twice(
    database_url: str, node: Node
) -> None:
    async with a_node(database_url, DEVELOPMENT) as another:
        tokens = await asyncio.gather(
            *(development_token(n.identity, Role.SECRETARIAT) for n in [node, another] * 5)
        )

        assert len({token.person for token in tokens}) == 1
        assert await recorded(node) == 3
        for token in tokens:
            assert (await another.identity.caller(f"Bearer {token.text}")).caller.person


async def test_another_name_is_another_person(node: Node) -> None:
    ana = await development_token(node.identity, Role.COMMENTER, name="Ana")
    accented = await development_token(node.identity, Role.COMMENTER, name="Li\u0301gia")
    composed = await development_token(node.identity, Role.COMMENTER, name="L\u00edgia")
    nobody_named = await development_token(node.identity, Role.COMMENTER)

    assert accented.person == composed.person
    assert len({ana.person, accented.person, nobody_named.person}) == 3


@pytest.mark.parametrize("name", ["", "  ", "n" * 301, "\0", "\ud800", "two\nlines"])
async def test_a_name_that_no_participant_may_have_is_refused(node: Node, name: str) -> None:
    with pytest.raises(Refused):
        await development_token(node.identity, Role.COMMENTER, name=name)

    assert await recorded(node) == 0


async def test_the_operator_is_no_person(node: Node) -> None:
    token = await development_token(node.identity, Role.OPERATOR)

    assert token.person is None
    assert (await node.identity.caller(f"Bearer {token.text}")).caller == OPERATOR
    assert await recorded(node) == 0
    with pytest.raises(DevelopmentTokenError, match="no name"):
        await development_token(node.identity, Role.OPERATOR, name="Ana")


async def test_a_token_lasts_as_long_as_was_asked(node: Node, clock: Clock) -> None:
    token = await development_token(node.identity, Role.COMMENTER, lifetime=timedelta(minutes=5))
    clock.ahead = timedelta(minutes=4)
    assert (await node.identity.caller(f"Bearer {token.text}")).caller.person == token.person

    clock.ahead = timedelta(minutes=5)

    assert isinstance(await refusal(node, token.text), TokenExpired)


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(seconds=-1), timedelta(days=400)])
async def test_a_lifetime_that_is_none_is_refused(node: Node, lifetime: timedelta) -> None:
    with pytest.raises(DevelopmentTokenError, match="at least a second"):
        await development_token(node.identity, Role.COMMENTER, lifetime=lifetime)

    assert await recorded(node) == 0


async def test_a_token_shows_only_where_it_is_asked_for(node: Node) -> None:
    token = await development_token(node.identity, Role.COMMENTER)

    assert token.text not in repr(token)


async def test_production_hands_out_no_tokens(database_url: str) -> None:
    async with a_node(database_url, settings()) as production:
        with pytest.raises(DevelopmentTokenError, match="INTERSESSIONAL_MODE=development"):
            await development_token(production.identity, Role.OPERATOR)

        assert await recorded(production) == 0
        assert await production.pool.fetchval("SELECT count(*) FROM development_secret") == 0


async def test_production_believes_no_token_of_development(
    database_url: str, node: Node, issuer: Issuer
) -> None:
    tokens = [await development_token(node.identity, role) for role in Role]
    assert await node.pool.fetchval("SELECT count(*) FROM development_secret") == 1

    for chosen in (settings(), settings(issuer=issuer)):
        async with a_node(database_url, chosen) as production:
            for token in tokens:
                assert (await refusal(production, token.text)).code == "TOKEN_REFUSED"


async def test_the_secret_of_development_makes_no_token_of_the_issuer(
    database_url: str, node: Node, issuer: Issuer, clock: Clock
) -> None:
    secret = OctKey.import_key(await node.pool.fetchval("SELECT secret FROM development_secret"))
    forged = jwt.encode({"alg": "HS256", "kid": "first"}, issuer.claims(clock()), secret)

    for mode in Mode:
        async with a_node(database_url, settings(mode, issuer)) as trusting:
            assert (await refusal(trusting, forged)).code == "TOKEN_REFUSED"


async def test_in_development_the_issuer_is_believed_too(
    database_url: str, issuer: Issuer, clock: Clock
) -> None:
    async with a_node(database_url, settings(Mode.DEVELOPMENT, issuer), clock=clock) as node:
        own = await development_token(node.identity, Role.COMMENTER)

        foreign = await node.identity.caller(f"Bearer {issuer.token(clock())}")

        assert (await node.identity.caller(f"Bearer {own.text}")).caller.person == own.person
        assert foreign.caller.person not in (None, own.person)


async def test_an_issuers_subject_is_not_the_operator(
    database_url: str, issuer: Issuer, clock: Clock
) -> None:
    async with a_node(database_url, settings(Mode.DEVELOPMENT, issuer), clock=clock) as node:
        for subject in ("operator", "OPERATOR"):
            token = issuer.token(clock(), sub=subject)

            assert not (await node.identity.caller(f"Bearer {token}")).caller.operator


async def test_a_token_that_development_did_not_sign_is_refused(node: Node, issuer: Issuer) -> None:
    claims = {"iss": "development", "aud": "development", "sub": "operator", "exp": 9_999_999_999}
    forged = by_hand({"alg": "HS256"}, claims, lambda _: b"0" * 32)

    assert "signature" in str(await refusal(node, forged))
    assert "Only development tokens" in str(await refusal(node, issuer.token(Clock()())))
