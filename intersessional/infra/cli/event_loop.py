"""Runs what a command does, until it is done or interrupted."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

import typer
import uvloop

from intersessional.infra.signals import on_first_signal

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run the work on an event loop; a signal cancels it, and the exit code tells which one."""
    interrupted: list[signal.Signals] = []

    async def interruptible() -> T:
        task = asyncio.current_task()
        assert task

        def interrupt(number: signal.Signals) -> None:
            interrupted.append(number)
            task.cancel()

        on_first_signal(interrupt)
        return await work

    try:
        return uvloop.run(interruptible())
    except asyncio.CancelledError:
        if not interrupted:
            raise
        raise typer.Exit(128 + interrupted[0]) from None
