"""Plugins put together: what the whole system answers, sees and says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points

from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.command_handler import CommandHandler, Guard, Reaction
from intersessional.errors import OperatorError
from intersessional.graphql.schema.composed_schema import ComposedSchema, compose
from intersessional.plugins.conflicts import plugin_conflicts
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin
from intersessional.projections.kernel.view import AnyView

GROUP = "intersessional.plugins"


class CompositionError(OperatorError):
    """These plugins do not fit together; the message says which and why."""


@dataclass(frozen=True)
class Composition:
    """Several plugins as one. Raises CompositionError when they do not fit together."""

    plugins: tuple[Plugin, ...]

    def __post_init__(self) -> None:
        for fault in plugin_conflicts(self.plugins):
            raise CompositionError(fault)

    @property
    def aggregates(self) -> Sequence[type[Aggregate]]:
        """What events happen to."""
        return [subject for plugin in self.plugins for subject in plugin.aggregates]

    @property
    def command_handlers(self) -> Sequence[CommandHandler]:
        """The commands that are answered."""
        return [answer for plugin in self.plugins for answer in plugin.command_handlers]

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
        """The API of all plugins. Raises CompositionError."""
        parts = [plugin.schema for plugin in self.plugins]
        try:
            return compose(parts, self.command_handlers, self.guards, suggestions=suggestions)
        except ValueError as error:
            raise CompositionError(f"{error}.") from error


def installed_plugins(*, without: Iterable[str] = ()) -> Composition:
    """The core with every plugin that is installed, in the order of their names.

    Raises CompositionError, also for an entry point that cannot be loaded or is no plugin.
    """
    plugins: list[Plugin] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        if entry.name in without:
            continue
        try:
            plugin = entry.load()
        except (ImportError, AttributeError) as error:
            raise CompositionError(f"{entry.value} cannot be loaded: {error}.") from error
        if not isinstance(plugin, Plugin) or plugin.name != entry.name:
            raise CompositionError(f"{entry.value} is not the plugin {entry.name}.")
        plugins.append(plugin)
    return Composition((CORE, *plugins))
