"""A node that signs in with an issuer of good conduct."""

from collections.abc import AsyncGenerator, Generator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from intersessional.infra.auth.oidc.authorization_code import (
    AuthorizationCodeFlow,
)
from intersessional.infra.auth.oidc.discovery import Discovery
from tests.databases import fresh_database
from tests.infra.auth.auth_node import AuthNode, ShiftedClock, open_node
from tests.infra.auth.oidc.authorization_code.sign_in_steps import ANA, page_settings
from tests.infra.auth.sign_in_issuer import Misconduct, SignInIssuer, run_sign_in_issuer


@pytest.fixture(scope="module")
def issuer() -> Generator[SignInIssuer]:
    """The issuer of a file."""
    with run_sign_in_issuer() as issuer:
        yield issuer


@pytest.fixture(scope="module")
def clock() -> ShiftedClock:
    """The clock of its node."""
    return ShiftedClock()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def node(
    postgres: str, migrated: str, issuer: SignInIssuer, clock: ShiftedClock
) -> AsyncGenerator[AuthNode]:
    """A node that the tests share, whose clock one of them shifts."""
    async with (
        fresh_database(postgres, migrated) as dsn,
        open_node(dsn, page_settings(issuer), clock=clock) as node,
    ):
        yield node


@pytest.fixture
def flow(node: AuthNode, issuer: SignInIssuer, clock: ShiftedClock) -> AuthorizationCodeFlow:
    """The flow of the node, with an issuer of good conduct that was not asked before."""
    issuer.misconduct, issuer.subject, clock.ahead = Misconduct(), ANA, timedelta(0)
    issuer.refused.clear()
    assert node.authenticator.sign_in is not None
    return replace(node.authenticator.sign_in, discovery=Discovery(issuer.url))
