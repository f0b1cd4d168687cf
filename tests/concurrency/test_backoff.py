"""`Backoff` doubles its pauses up to a maximum, and begins again after a success."""

import asyncio

import pytest

from intersessional.concurrency.backoff import Backoff


def test_pauses_double_up_to_the_maximum() -> None:
    backoff = Backoff(0.5, 3.0)

    assert [backoff.next_s() for _ in range(5)] == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_reset_begins_at_the_minimum() -> None:
    backoff = Backoff(0.5, 3.0)
    backoff.next_s()
    backoff.next_s()

    backoff.reset()

    assert backoff.next_s() == 0.5


async def test_wait_sleeps_for_the_next_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(delay: float) -> None:
        slept.append(delay)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    backoff = Backoff(0.5, 3.0)
    await backoff.wait()
    await backoff.wait()

    assert slept == [0.5, 1.0]
