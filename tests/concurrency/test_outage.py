"""An outage of the database is a line when it begins and one when it ends."""

import logging

import pytest

from intersessional.concurrency import outage
from intersessional.concurrency.outage import Outage

logger = logging.getLogger(__name__)


def test_outage_is_two_lines_however_many_calls_fail(caplog: pytest.LogCaptureFixture) -> None:
    part = Outage(logger, "the tail")
    part.ended()
    for _ in range(1_000):
        part.failed(ConnectionRefusedError("5432"))
    part.ended()
    part.ended()

    begun, ended = (record.getMessage() for record in caplog.records)
    assert begun == "the tail cannot use the database: ConnectionRefusedError('5432')"
    assert ended.startswith("the tail can use the database again after")
    assert ended.endswith("1000 calls failed")
    assert (part.count, part.failures, part.reason) == (1, 0, "")


def test_outage_that_goes_on_is_a_line_now_and_then(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outage, "REMINDER_S", 0.0)
    part = Outage(logger, "the sequencer")
    part.failed(TimeoutError(), 3)
    part.failed(TimeoutError(), 4)

    assert "7 calls failed: TimeoutError()" in caplog.records[-1].getMessage()


def test_last_failure_counts_until_a_call_succeeds() -> None:
    part = Outage(logger, "the pool")
    assert not part.failed_within(60)
    part.failed(TimeoutError())
    assert part.failed_within(60)
    assert not part.failed_within(0)
    part.ended()
    assert not part.failed_within(60)
