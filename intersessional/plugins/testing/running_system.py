"""Running system for tests, with a clock that the test sets."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.kernel.caller import ANONYMOUS, OPERATOR, Caller
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.backend import Backend
from intersessional.infra.settings import Settings
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin
from intersessional.projections.kernel.recorded_event import RecordedEvent

_WAIT_MAX_S = 60
_EVENTS_MAX = 10_000


class Clock:
    """A clock that shows one instant until it is set to another."""

    def __init__(self, now: str) -> None:
        """``now`` is an instant in RFC 3339."""
        self.now = instant(now)

    def __call__(self) -> datetime:
        """The instant that it shows."""
        return self.now

    def set(self, now: str) -> None:
        """Set it to another instant."""
        self.now = instant(now)


class RunningSystem:
    """A backend, with short methods for what tests do with it."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    @property
    def schema(self) -> ComposedSchema:
        """The API of the core and the plugins."""
        return _composed_schema(self.backend.composition)

    async def submit(self, command: Command, caller: Caller = OPERATOR) -> CommandResult:
        """Record a command. Raises Refused."""
        return await self.backend.command_bus.submit(command, caller)

    async def given(self, commands: Iterable[SentCommand]) -> None:
        """Record commands one after the other, at the time of the clock. Raises Refused."""
        for sent in commands:
            await self.submit(sent.command, sent.caller)

    async def query(
        self, document: str, caller: Caller = ANONYMOUS, **variables: Any
    ) -> dict[str, Any]:
        """The data of an operation that has no errors, as of everything recorded."""
        await self.caught_up()
        result = await self.schema.execute(
            document,
            variable_values=variables,
            context_value=self.backend.context().for_operation(caller),
        )
        assert result.errors is None, result.errors
        assert result.data is not None
        return result.data

    async def caught_up(self) -> int:
        """The last position, once every view has reached it."""
        position = await self.backend.record.head()
        await self.backend.reader.wait_until_reached(position)
        return position

    async def events(self, prefix: str = "", after: int = 0) -> list[RecordedEvent]:
        """The events after a position whose topics begin with the prefix."""
        events = await self.backend.record.read(after=after, first=_EVENTS_MAX, until=2**40)
        return [event for event in events if event.topic.startswith(prefix)]

    async def topics(self, prefix: str = "", after: int = 0) -> list[str]:
        """The topics of these events, without the prefix and the version."""
        events = await self.events(prefix, after)
        return [re.sub(r"\.v\d+$", "", event.topic.removeprefix(prefix)) for event in events]

    async def until(self, enough: Callable[[list[str]], bool], prefix: str = "") -> None:
        """Wait until the topics with this prefix are enough. Raises TimeoutError."""
        async with asyncio.timeout(_WAIT_MAX_S):
            while True:
                if enough(await self.topics(prefix)):
                    return
                await asyncio.sleep(0.01)


@cache
def _composed_schema(composition: Composition) -> ComposedSchema:
    """The schema of these plugins, which takes 0.5 s: once for all tests."""
    return composition.schema()


@asynccontextmanager
async def running(
    *plugins: Plugin,
    clock: Callable[[], datetime],
    data: Path | None = None,
    database_url: str | None = None,
) -> AsyncGenerator[RunningSystem]:
    """The core and these plugins, running on an empty database.

    ``data`` is an empty directory for an embedded PostgreSQL; ``database_url`` names a database
    instead.
    """
    values = {"DATABASE_URL": database_url, "INTERSESSIONAL_DATA": data}
    settings = Settings.model_validate({name: value for name, value in values.items() if value})
    failure: AssertionError | None = None
    async with Backend.open(
        settings, composition=Composition((CORE, *plugins)), clock=clock
    ) as backend:
        try:
            yield RunningSystem(backend)
        except AssertionError as error:
            failure = error
    if failure is not None:
        # Raised as itself, not inside the exception groups of the tasks that end with it.
        raise failure


def instant(text: str) -> datetime:
    """An instant, from RFC 3339."""
    parsed = datetime.fromisoformat(text)
    assert parsed.tzinfo is not None
    return parsed
