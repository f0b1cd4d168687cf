"""A plugin for pytest: a test that is out of time gets out of its event loop."""

import asyncio
import signal
from collections.abc import Generator
from types import FrameType
from typing import Any

import pytest


class TimedLoop(asyncio.SelectorEventLoop):
    """Raises an error of a signal handler after a turn: in one, it or a callback may be lost."""

    _error: BaseException | None = None

    @property
    def is_ending(self) -> bool:
        """Whether there is an error that was not raised yet."""
        return self._error is not None

    def end(self, error: BaseException) -> None:
        """Raise the error where the loop was started, at the end of this turn."""
        self._error = error
        self.call_soon_threadsafe(self._stop_unless_raised)

    def run_forever(self) -> None:
        """Run the callbacks until the loop is stopped, or ended with an error."""
        try:
            super().run_forever()
        finally:
            error, self._error = self._error, None
        if error is not None:
            raise error

    def _stop_unless_raised(self) -> None:
        # The error may have been raised before; this loop may be run again.
        if self._error is not None:
            self.stop()


@pytest.fixture(scope="session")
def _asyncio_loop_factory() -> type[TimedLoop]:
    # pytest-asyncio's own: its hook gives the loop to tests that are asynchronous themselves alone.
    return TimedLoop


@pytest.hookimpl(wrapper=True)
def pytest_timeout_set_timer(settings: Any) -> Generator[None, object, object]:
    """End the loop of a test that is out of time; after as long again, whatever blocks the loop."""
    answer = yield
    fail = signal.getsignal(signal.SIGALRM)
    assert callable(fail)

    over = False

    def end(number: int, frame: FrameType | None) -> None:
        nonlocal over
        loop = asyncio._get_running_loop()
        if not isinstance(loop, TimedLoop):
            if not over:
                fail(number, frame)
        elif loop.is_ending:
            fail(number, frame)
        elif not over:
            over = True
            try:
                fail(number, frame)
            except pytest.fail.Exception as error:
                loop.end(error)
            signal.setitimer(signal.ITIMER_REAL, settings.timeout)

    signal.signal(signal.SIGALRM, end)
    return answer
