"""Principals of the tokens of an OpenID Connect issuer."""

import hashlib
import hmac
from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from joserfc.jwk import ECKey, Key

from intersessional.domain.kernel.caller import ANONYMOUS
from intersessional.infra.auth import InvalidToken
from intersessional.infra.settings import Mode
from tests.infra.auth.auth_node import AuthNode, open_node, settings
from tests.infra.auth.fake_issuer import FakeIssuer, ec_key, okp_key, rsa_key
from tests.infra.auth.forged_tokens import forge_token

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest_asyncio.fixture
async def node(database_url: str, issuer: FakeIssuer) -> AsyncGenerator[AuthNode]:
    async with open_node(database_url, settings(issuer=issuer), clock=lambda: NOW) as node:
        yield node


async def refusal(node: AuthNode, token: str) -> InvalidToken:
    """The refusal of the token, by header and by connection_init."""
    with pytest.raises(InvalidToken) as refused:
        await node.authenticator.authenticate(f"Bearer {token}")
    with pytest.raises(InvalidToken) as refused_on_socket:
        await node.authenticator.authenticate_init({"authorization": f"Bearer {token}"})

    assert str(refused.value) == str(refused_on_socket.value)
    assert refused.value.code == refused_on_socket.value.code
    return refused.value


async def test_request_without_a_token_is_nobodys(node: AuthNode, issuer: FakeIssuer) -> None:
    assert (await node.authenticator.authenticate(None)).caller == ANONYMOUS
    assert (await node.authenticator.authenticate_init({})).caller == ANONYMOUS
    assert (await node.authenticator.authenticate_init(None)).expires_at is None
    assert issuer.requests == 0


@pytest.mark.parametrize("key", [ec_key("ec"), okp_key("okp"), rsa_key("rsa")])
async def test_valid_token_gives_the_same_person_in_header_and_connection_init(
    node: AuthNode, issuer: FakeIssuer, key: Key
) -> None:
    issuer.rotate(key)
    token = issuer.token(NOW)

    principal = await node.authenticator.authenticate(f"Bearer {token}")
    again = await node.authenticator.authenticate_init({"Authorization": f"Bearer {token}"})

    assert principal.caller.person is not None
    assert not principal.caller.operator
    assert principal == again
    assert issuer.requests == 1


async def test_unsigned_token_is_refused_without_a_fetch_of_keys(
    node: AuthNode, issuer: FakeIssuer
) -> None:
    for spelling in ("none", "None", "NONE"):
        token = forge_token({"alg": spelling}, issuer.claims(NOW), lambda _: b"signed")
        without = token[: token.rindex(".") + 1]

        assert (await refusal(node, token)).code == "TOKEN_REFUSED"
        assert (await refusal(node, without)).code == "TOKEN_REFUSED"
    assert issuer.requests == 0


async def test_public_key_used_as_shared_secret_is_refused(
    database_url: str, node: AuthNode, issuer: FakeIssuer
) -> None:
    issuer.rotate(rsa_key("rsa"))
    known_to_all = rsa_key("rsa").as_pem(private=False)
    token = forge_token(
        {"alg": "HS256", "kid": "rsa"},
        issuer.claims(NOW),
        lambda signed: hmac.digest(known_to_all, signed, hashlib.sha256),
    )
    in_development = settings(Mode.DEVELOPMENT, issuer)

    assert "in a way that is not accepted" in str(await refusal(node, token))
    async with open_node(database_url, in_development, clock=lambda: NOW) as another:
        assert "signature" in str(await refusal(another, token))


async def test_token_signed_by_another_key_with_a_known_id_is_refused(
    node: AuthNode, issuer: FakeIssuer
) -> None:
    assert "signature" in str(await refusal(node, issuer.token(NOW, by=ec_key("first"))))


async def test_key_is_used_only_for_its_own_algorithm(node: AuthNode, issuer: FakeIssuer) -> None:
    issuer.rotate(ECKey.generate_key("P-256", {"kid": "first", "alg": "ES384"}))
    token = forge_token({"alg": "ES256", "kid": "first"}, issuer.claims(NOW), lambda _: b"0" * 64)

    assert "does not publish" in str(await refusal(node, token))


async def test_token_is_refused_where_no_issuer_is_configured(
    database_url: str, issuer: FakeIssuer
) -> None:
    async with open_node(database_url, settings()) as node:
        assert "not configured" in str(await refusal(node, issuer.token(NOW)))
        assert "not configured" in str(await refusal(node, "nonsense"))
        assert (await node.authenticator.authenticate(None)).caller == ANONYMOUS
