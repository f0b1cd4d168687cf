"""`Signal` wakes the tasks that wait, and no later ones."""

import asyncio

from intersessional.concurrency.signal import Signal

WAIT_MAX_S = 30


async def test_signal_wakes_every_task_that_waits() -> None:
    signal = Signal()
    waiting = [asyncio.create_task(signal.wait()) for _ in range(3)]
    await asyncio.sleep(0)

    signal.wake_all()

    async with asyncio.timeout(WAIT_MAX_S):
        await asyncio.gather(*waiting)


async def test_task_that_waits_after_a_signal_waits_for_the_next_one() -> None:
    signal = Signal()
    signal.wake_all()
    waiting = asyncio.create_task(signal.wait())
    await asyncio.sleep(0)
    assert not waiting.done()

    signal.wake_all()

    async with asyncio.timeout(WAIT_MAX_S):
        await waiting
