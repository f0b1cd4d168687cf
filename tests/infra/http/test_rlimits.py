"""The limit on open files is raised as far as the settings need."""

import resource
from collections.abc import Generator

import pytest

from intersessional.infra.http.server.rlimits import OTHER_FILES, raise_open_files_limit

LIMIT = resource.RLIMIT_NOFILE


@pytest.fixture
def few() -> Generator[int]:
    """Set a low soft limit on open files, below the hard limit."""
    soft, hard = resource.getrlimit(LIMIT)
    resource.setrlimit(LIMIT, (1_024, hard))
    yield 10**9 if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(LIMIT, (soft, hard))


def test_soft_limit_is_raised_as_far_as_needed(few: int) -> None:
    assert raise_open_files_limit(1_000) == 1_000

    assert resource.getrlimit(LIMIT)[0] == 1_000 + OTHER_FILES


def test_sufficient_limit_is_unchanged(few: int) -> None:
    assert raise_open_files_limit(10) == 10

    assert resource.getrlimit(LIMIT)[0] == 1_024


def test_limit_that_cannot_be_raised_means_fewer_connections(
    few: int, caplog: pytest.LogCaptureFixture
) -> None:
    allowed = raise_open_files_limit(few)

    files = resource.getrlimit(LIMIT)[0]
    assert allowed == files - OTHER_FILES
    assert caplog.messages == [f"{files} files may be open, so only {allowed} connections of {few}"]
