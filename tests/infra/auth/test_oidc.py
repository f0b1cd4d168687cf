"""Whom the tokens of an OpenID Connect issuer name."""

import hashlib
import hmac
from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from joserfc.jwk import ECKey, Key

from intersessional.domain.kernel.caller import NOBODY
from intersessional.infra.auth import InvalidToken
from intersessional.infra.settings import Mode
from tests.infra.auth.forged import by_hand
from tests.infra.auth.issuer import Issuer, ec_key, okp_key, rsa_key
from tests.infra.auth.node import Node, a_node, settings

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest_asyncio.fixture
async def node(database_url: str, issuer: Issuer) -> AsyncGenerator[Node]:
    async with a_node(database_url, settings(issuer=issuer), clock=lambda: NOW) as node:
        yield node


async def refusal(node: Node, token: str) -> InvalidToken:
    """How the token is refused, whichever way it comes."""
    with pytest.raises(InvalidToken) as refused:
        await node.identity.caller(f"Bearer {token}")
    with pytest.raises(InvalidToken) as refused_on_socket:
        await node.identity.from_init({"authorization": f"Bearer {token}"})

    assert str(refused.value) == str(refused_on_socket.value)
    assert refused.value.code == refused_on_socket.value.code
    return refused.value


async def test_who_has_no_token_is_nobody(node: Node, issuer: Issuer) -> None:
    assert (await node.identity.caller(None)).caller == NOBODY
    assert (await node.identity.from_init({})).caller == NOBODY
    assert (await node.identity.from_init(None)).expires_at is None
    assert issuer.asked == 0


@pytest.mark.parametrize("key", [ec_key("ec"), okp_key("okp"), rsa_key("rsa")])
async def test_a_good_token_names_one_person_whichever_way_it_comes(
    node: Node, issuer: Issuer, key: Key
) -> None:
    issuer.rotate(key)
    token = issuer.token(NOW)

    signed_in = await node.identity.caller(f"Bearer {token}")
    again = await node.identity.from_init({"Authorization": f"Bearer {token}"})

    assert signed_in.caller.person is not None
    assert not signed_in.caller.operator
    assert signed_in == again
    assert issuer.asked == 1


async def test_an_unsigned_token_is_refused_without_a_look_at_the_keys(
    node: Node, issuer: Issuer
) -> None:
    for spelling in ("none", "None", "NONE"):
        token = by_hand({"alg": spelling}, issuer.claims(NOW), lambda _: b"signed")
        without = token[: token.rindex(".") + 1]

        assert (await refusal(node, token)).code == "TOKEN_REFUSED"
        assert (await refusal(node, without)).code == "TOKEN_REFUSED"
    assert issuer.asked == 0


async def test_a_public_key_is_no_shared_secret(
    database_url: str, node: Node, issuer: Issuer
) -> None:
    issuer.rotate(rsa_key("rsa"))
    known_to_all = rsa_key("rsa").as_pem(private=False)
    token = by_hand(
        {"alg": "HS256", "kid": "rsa"},
        issuer.claims(NOW),
        lambda signed: hmac.digest(known_to_all, signed, hashlib.sha256),
    )
    in_development = settings(Mode.DEVELOPMENT, issuer)

    assert "in a way that is not accepted" in str(await refusal(node, token))
    async with a_node(database_url, in_development, clock=lambda: NOW) as another:
        assert "signature" in str(await refusal(another, token))


async def test_another_key_under_a_known_name_is_refused(node: Node, issuer: Issuer) -> None:
    assert "signature" in str(await refusal(node, issuer.token(NOW, by=ec_key("first"))))


async def test_a_key_is_used_only_for_the_algorithm_it_is_meant_for(
    node: Node, issuer: Issuer
) -> None:
    issuer.rotate(ECKey.generate_key("P-256", {"kid": "first", "alg": "ES384"}))
    token = by_hand({"alg": "ES256", "kid": "first"}, issuer.claims(NOW), lambda _: b"0" * 64)

    assert "does not publish" in str(await refusal(node, token))


async def test_where_sign_in_is_not_configured_every_token_is_refused(
    database_url: str, issuer: Issuer
) -> None:
    async with a_node(database_url, settings()) as node:
        assert "not configured" in str(await refusal(node, issuer.token(NOW)))
        assert "not configured" in str(await refusal(node, "nonsense"))
        assert (await node.identity.caller(None)).caller == NOBODY
