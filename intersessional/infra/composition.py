"""Plugins put together: what the whole system answers, sees and says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points

from intersessional.domain.door import Answer, Guard, Reaction
from intersessional.domain.subject import Subject
from intersessional.graphql.schema import ComposedSchema, compose
from intersessional.infra.claims import faults
from intersessional.infra.refused import RunRefused
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin
from intersessional.projections.view import AnyView

GROUP = "intersessional.plugins"


class CompositionRefused(RunRefused):
    """These plugins do not fit together; the message says which and why."""


@dataclass(frozen=True)
class Composition:
    """Several plugins as one. Raises CompositionRefused when they do not fit together."""

    plugins: tuple[Plugin, ...]

    def __post_init__(self) -> None:
        for fault in faults(self.plugins):
            raise CompositionRefused(fault)

    @property
    def subjects(self) -> Sequence[type[Subject]]:
        """What events happen to."""
        return [subject for plugin in self.plugins for subject in plugin.subjects]

    @property
    def answers(self) -> Sequence[Answer]:
        """The commands that are answered."""
        return [answer for plugin in self.plugins for answer in plugin.answers]

    @property
    def guards(self) -> Sequence[Guard]:
        """Who has a say in them."""
        return [guard for plugin in self.plugins for guard in plugin.guards]

    @property
    def reactions(self) -> Sequence[Reaction]:
        """What follows from what they let happen."""
        return [reaction for plugin in self.plugins for reaction in plugin.reactions]

    @property
    def views(self) -> Sequence[AnyView]:
        """What readers see."""
        return [view for plugin in self.plugins for view in plugin.views]

    def schema(self, *, suggestions: bool = True) -> ComposedSchema:
        """The API of all plugins. Raises CompositionRefused."""
        parts = [plugin.schema for plugin in self.plugins]
        try:
            return compose(parts, self.answers, self.guards, suggestions=suggestions)
        except ValueError as error:
            raise CompositionRefused(f"{error}.") from error


def installed(*, without: Iterable[str] = ()) -> Composition:
    """The core with every plugin that is installed, in the order of their names.

    Raises CompositionRefused, also for an entry point that cannot be loaded or is no plugin.
    """
    plugins: list[Plugin] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        if entry.name in without:
            continue
        try:
            plugin = entry.load()
        except (ImportError, AttributeError) as error:
            raise CompositionRefused(f"{entry.value} cannot be loaded: {error}.") from error
        if not isinstance(plugin, Plugin) or plugin.name != entry.name:
            raise CompositionRefused(f"{entry.value} is not the plugin {entry.name}.")
        plugins.append(plugin)
    return Composition((CORE, *plugins))
