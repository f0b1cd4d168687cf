"""What failed is due again after a pause of its own; the rest is due at once."""

import logging

import pytest

from intersessional.concurrency.retries import Retries

logger = logging.getLogger(__name__)


async def test_what_failed_waits_and_the_others_do_not(caplog: pytest.LogCaptureFixture) -> None:
    retries = Retries[str](logger, "the timer", pause_min_s=3600, pause_max_s=3600)

    for _ in range(3):
        retries.failed("one", "the first", LookupError("gone"))

    assert (retries.is_due("one"), retries.is_due("another")) == (False, True)
    [line] = caplog.records
    assert line.getMessage() == "the first failed, and is tried again: LookupError('gone')"
    retries.forget("one")
    assert retries.is_due("one")


async def test_outage_that_many_meet_is_a_line_when_it_begins_and_one_when_it_ends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    retries = Retries[int](logger, "the timer", pause_min_s=0, pause_max_s=0, temporary=(OSError,))

    for key in range(20):
        retries.failed(key, f"the number {key}", TimeoutError())
    retries.failed(20, "another", LookupError("gone"))
    for key in range(20):
        retries.forget(key)

    begun, another, ended = [(one.levelname, one.getMessage()) for one in caplog.records]
    assert begun == ("WARNING", "the timer cannot use the database: TimeoutError()")
    assert another == ("ERROR", "another failed, and is tried again: LookupError('gone')")
    assert ended[1].startswith("the timer can use the database again after")
    assert ended[1].endswith("20 calls failed")


async def test_what_failed_is_due_again_after_its_pause() -> None:
    retries = Retries[str](logger, "the timer", pause_min_s=0, pause_max_s=0)

    retries.failed("one", "the first", LookupError("gone"))

    assert retries.is_due("one")
