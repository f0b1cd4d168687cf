"""Fixtures of the tests of authentication."""

from collections.abc import Generator

import pytest

from tests.infra.auth.fake_issuer import FakeIssuer, run_issuer


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use no proxy: the issuer is on this machine."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def issuer() -> Generator[FakeIssuer]:
    """An issuer that publishes one key."""
    with run_issuer() as issuer:
        yield issuer
