"""The running system on the database of a test."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from intersessional.plugins import testing
from intersessional.plugins.plugin import Plugin
from intersessional.plugins.testing import Clock, RunningSystem
from intersessional.projections.kernel.recorded_event import RecordedEvent
from tests.databases import url_for_node


def running(dsn: str, clock: Clock, *plugins: Plugin) -> AbstractAsyncContextManager[RunningSystem]:
    """The core and these plugins, running on a database."""
    return testing.running(*plugins, clock=clock, database_url=url_for_node(dsn))


def data(recorded: RecordedEvent) -> Mapping[str, Any]:
    """The fields of an event of a class that exists."""
    return vars(recorded.event)
