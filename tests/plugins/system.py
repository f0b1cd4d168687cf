"""The running system with the plugins of one's choice, and a clock that is set by hand."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from intersessional.domain.kernel.caller import NOBODY, OPERATOR, Caller
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.command_result import CommandResult
from intersessional.infra.backend import Backend
from intersessional.infra.settings import Settings
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin
from intersessional.projections.kernel.recorded_event import RecordedEvent

_WAIT_MAX_S = 60


class Clock:
    """Stands at an instant until it is set to another."""

    def __init__(self, now: str) -> None:
        self.now = instant(now)

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: str) -> None:
        """Let it be this instant."""
        self.now = instant(now)


class System:
    """A backend, and the shortest words for what tests do with it."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    async def submit(self, command: Command, caller: Caller = OPERATOR) -> CommandResult:
        """Send a command through the door; raises Refused."""
        return await self.backend.command_bus.submit(command, caller)

    async def ask(self, query: str, caller: Caller = NOBODY, **variables: Any) -> dict[str, Any]:
        """The data of an answer of the API that has no errors, as of everything recorded."""
        await self.caught_up()
        result = await self.backend.schema.execute(
            query,
            variable_values=variables,
            context_value=self.backend.context().for_operation(caller),
        )
        assert result.errors is None, result.errors
        assert result.data is not None
        return result.data

    async def caught_up(self) -> int:
        """The head, once every view has reached it."""
        head = await self.backend.record.head()
        await self.backend.reader.reached(head)
        return head

    async def events(self, prefix: str = "", after: int = 0) -> list[RecordedEvent]:
        """What was recorded after a position, of the topics that begin like this."""
        events = await self.backend.record.read(after=after, first=10_000, until=2**40)
        return [event for event in events if event.topic.startswith(prefix)]

    async def topics(self, prefix: str = "", after: int = 0) -> list[str]:
        """The topics of what was recorded, less what they begin with and their version."""
        events = await self.events(prefix, after)
        return [event.topic.removeprefix(prefix).removesuffix(".v1") for event in events]

    async def until(self, enough: Callable[[list[str]], bool], prefix: str = "") -> None:
        """Wait until the topics that begin like this are enough; fail when they never are."""
        async with asyncio.timeout(_WAIT_MAX_S):
            while True:
                if enough(await self.topics(prefix)):
                    return
                await asyncio.sleep(0.01)


@asynccontextmanager
async def running(dsn: str, clock: Clock, *plugins: Plugin) -> AsyncGenerator[System]:
    """The core and these plugins, running on a database."""
    settings = Settings.model_validate({"DATABASE_URL": dsn})
    failure: AssertionError | None = None
    async with Backend.open(
        settings, composition=Composition((CORE, *plugins)), clock=clock
    ) as backend:
        try:
            yield System(backend)
        except AssertionError as error:
            failure = error
    if failure is not None:
        # As itself, and not within the groups of the tasks that would end with it.
        raise failure


def instant(text: str) -> datetime:
    """An instant, from RFC 3339."""
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None
    return moment


def data(recorded: RecordedEvent) -> Mapping[str, Any]:
    """The fields of an event that is known here."""
    return vars(recorded.event)
