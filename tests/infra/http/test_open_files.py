"""A node may open as many sockets as it is set to, where the machine lets it."""

import resource
from collections.abc import Generator

import pytest

from intersessional.infra.http.server.rlimits import OTHER_FILES, raise_open_files_limit

LIMIT = resource.RLIMIT_NOFILE


@pytest.fixture
def few() -> Generator[int]:
    """The process may open few files, and its hard limit says how many it could."""
    soft, hard = resource.getrlimit(LIMIT)
    resource.setrlimit(LIMIT, (1_024, hard))
    yield 10**9 if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(LIMIT, (soft, hard))


def test_its_own_limit_is_raised_as_far_as_is_needed(few: int) -> None:
    raise_open_files_limit(1_000)

    assert resource.getrlimit(LIMIT)[0] == 1_000 + OTHER_FILES


def test_what_is_enough_is_left_as_it_is(few: int) -> None:
    raise_open_files_limit(10)

    assert resource.getrlimit(LIMIT)[0] == 1_024


def test_where_the_machine_does_not_let_it_that_is_told(
    few: int, caplog: pytest.LogCaptureFixture
) -> None:
    raise_open_files_limit(few)

    allowed = resource.getrlimit(LIMIT)[0]
    assert caplog.messages == [f"{few} sockets may be open, but only {allowed} files"]
