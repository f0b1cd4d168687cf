"""Runs a command's coroutine on an event loop."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

import typer
import uvloop

from intersessional.infra.signals import on_first_signal

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine; SIGINT or SIGTERM cancels it and exits with 128 plus its number."""
    received: list[signal.Signals] = []

    async def interruptible() -> T:
        task = asyncio.current_task()
        assert task

        def interrupt(number: signal.Signals) -> None:
            received.append(number)
            task.cancel()

        on_first_signal(interrupt)
        return await coroutine

    try:
        return uvloop.run(interruptible())
    except asyncio.CancelledError:
        if not received:
            raise
        raise typer.Exit(128 + received[0]) from None
