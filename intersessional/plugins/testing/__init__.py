"""Kit for tests of plugins: given/when/then in memory, and a running system."""

from intersessional.domain.command_handling.scenario import (
    Scenario,
    ScenarioOutcome,
    SentCommand,
    event,
)
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin
from intersessional.plugins.testing.running_system import Clock, RunningSystem, instant, running
from intersessional.plugins.testing.sample_forum import SampleForum

__all__ = [
    "Clock",
    "RunningSystem",
    "SampleForum",
    "Scenario",
    "ScenarioOutcome",
    "SentCommand",
    "event",
    "instant",
    "running",
    "scenario",
]


def scenario(*plugins: Plugin) -> Scenario:
    """An empty record in memory, with the core and these plugins."""
    composition = Composition((CORE, *plugins))
    return Scenario(composition.command_handlers, composition.guards, composition.reactions)
