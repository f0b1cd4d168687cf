"""Supervised work is restarted after a failure and after an end, and both are logged."""

import asyncio

import pytest

from intersessional.concurrency.supervised import supervised

WAIT_MAX_S = 30


async def test_work_that_fails_or_ends_is_restarted_until_it_is_cancelled(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("intersessional.concurrency.supervised._RESTART_MIN_S", 0)
    begun = 0
    goes_on = asyncio.Event()

    async def work() -> None:
        nonlocal begun
        begun += 1
        if begun == 1:
            raise LookupError("lost")
        if begun == 3:
            goes_on.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(supervised("the work", work))
    async with asyncio.timeout(WAIT_MAX_S):
        await goes_on.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert begun == 3
    errors = [one for one in caplog.records if one.levelname == "ERROR"]
    assert [one.getMessage() for one in errors] == [
        "the work failed",
        "the work ended",
    ]
    assert errors[0].exc_info is not None


async def test_outage_is_a_line_when_it_begins_and_one_when_it_ends(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("intersessional.concurrency.supervised._RESTART_MIN_S", 0)
    monkeypatch.setattr("intersessional.concurrency.supervised._STEADY_S", 0)
    failures = iter([ConnectionError("away")] * 5)
    goes_on = asyncio.Event()

    async def work() -> None:
        for failure in failures:
            raise failure
        # The loop has called what was due by the time that this goes on.
        await asyncio.sleep(0.001)
        goes_on.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(supervised("the work", work, temporary=(OSError,)))
    async with asyncio.timeout(WAIT_MAX_S):
        await goes_on.wait()
    task.cancel()

    begun, ended = caplog.records
    assert begun.getMessage() == "the work cannot use the database: ConnectionError('away')"
    assert ended.getMessage().startswith("the work can use the database again after")
    assert ended.getMessage().endswith("5 calls failed")
    assert (begun.exc_info, ended.exc_info) == (None, None)


async def test_work_that_cancels_itself_is_restarted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("intersessional.concurrency.supervised._RESTART_MIN_S", 0)
    begun = 0
    goes_on = asyncio.Event()

    async def work() -> None:
        nonlocal begun
        begun += 1
        if begun == 1:
            raise asyncio.CancelledError
        goes_on.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(supervised("the work", work))
    async with asyncio.timeout(WAIT_MAX_S):
        await goes_on.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert "the work was cancelled from within" in caplog.text


async def test_group_of_temporary_errors_is_a_line_without_a_stack(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("intersessional.concurrency.supervised._RESTART_MIN_S", 0)
    outages = iter([ExceptionGroup("tasks", [TimeoutError(), ConnectionError()])])
    goes_on = asyncio.Event()

    async def work() -> None:
        if (error := next(outages, None)) is not None:
            raise error
        goes_on.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(supervised("the work", work, temporary=(OSError,)))
    async with asyncio.timeout(WAIT_MAX_S):
        await goes_on.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert [one.exc_info for one in caplog.records] == [None]
