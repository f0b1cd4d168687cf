"""Given, when, then, for the commands of the core."""

from collections.abc import Iterable
from datetime import UTC, datetime

from intersessional.domain.command_handling.scenario import Scenario, SentCommand
from intersessional.plugins.core import CORE

NOW = datetime(2018, 4, 4, 12, tzinfo=UTC)
"""The time at which commands of the scenarios are sent by default."""

_CORE = Scenario(CORE.command_handlers, rules=CORE.rules)


def given(*commands: SentCommand | Iterable[SentCommand]) -> Scenario:
    """The core in memory, after these commands. Raises Refused."""
    return _CORE.given(*commands)
