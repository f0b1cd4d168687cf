"""What failed is due again after a pause of its own; the rest is due at once."""

import logging

import pytest

from intersessional.concurrency.retries import Retries

logger = logging.getLogger(__name__)


async def test_what_failed_waits_and_the_others_do_not(caplog: pytest.LogCaptureFixture) -> None:
    retries = Retries[str](logger, pause_min_s=3600, pause_max_s=3600)

    for _ in range(3):
        retries.failed("one", "the first", LookupError("gone"))

    assert (retries.is_due("one"), retries.is_due("another")) == (False, True)
    [line] = caplog.records
    assert line.getMessage() == "the first failed, and is tried again: LookupError('gone')"
    retries.forget("one")
    assert retries.is_due("one")


async def test_what_failed_is_due_again_after_its_pause() -> None:
    retries = Retries[str](logger, pause_min_s=0, pause_max_s=0)

    retries.failed("one", "the first", LookupError("gone"))

    assert retries.is_due("one")
