"""Given, when, then, for the commands of the core."""

from collections.abc import Iterable
from datetime import UTC, datetime

from intersessional.domain.core import CORE_DOMAIN
from intersessional.domain.kernel.scenario import Scenario, SentCommand

NOW = datetime(2018, 4, 4, 12, tzinfo=UTC)
"""The time at which commands of the scenarios are sent by default."""


def given(*commands: SentCommand | Iterable[SentCommand]) -> Scenario:
    """The core in memory, after these commands. Raises Refused."""
    return Scenario(CORE_DOMAIN.command_handlers).given(*commands)
