"""What the tests of identity can ask for."""

from collections.abc import Generator

import pytest

from tests.infra.auth.issuer import Issuer, an_issuer


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever proxy the machine uses, the issuer is on this machine."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def issuer() -> Generator[Issuer]:
    """An issuer that publishes one key."""
    with an_issuer() as issuer:
        yield issuer
