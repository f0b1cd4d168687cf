"""The composition of plugins into one system."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from intersessional.domain.command_handling.command_handler import CommandHandler, Guard, Reaction
from intersessional.domain.command_handling.question import AnyQuestion
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.rule.soft_rule import SoftRule
from intersessional.errors import OperatorError
from intersessional.graphql.schema.composed_schema import ComposedSchema, compose
from intersessional.plugins.conflicts import plugin_conflicts
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin
from intersessional.projections.kernel.question_view import question_view
from intersessional.projections.kernel.view import AnyView

GROUP = "intersessional.plugins"


class CompositionError(OperatorError):
    """These plugins do not fit together; the message says which and why."""


@dataclass(frozen=True)
class Composition:
    """Several plugins as one. Raises CompositionError when they do not fit together."""

    plugins: tuple[Plugin, ...]

    def __post_init__(self) -> None:
        for conflict in plugin_conflicts(self.plugins):
            raise CompositionError(conflict)

    @property
    def aggregates(self) -> Sequence[type[Aggregate]]:
        """The aggregates of all plugins."""
        return [kind for plugin in self.plugins for kind in plugin.aggregates]

    @property
    def command_handlers(self) -> Sequence[CommandHandler]:
        """The command handlers of all plugins."""
        return [handler for plugin in self.plugins for handler in plugin.command_handlers]

    @property
    def guards(self) -> Sequence[Guard]:
        """The guards of all plugins."""
        return [guard for plugin in self.plugins for guard in plugin.guards]

    @property
    def reactions(self) -> Sequence[Reaction]:
        """The reactions of all plugins."""
        return [reaction for plugin in self.plugins for reaction in plugin.reactions]

    @property
    def questions(self) -> Sequence[AnyQuestion]:
        """The questions of all plugins."""
        return [question for plugin in self.plugins for question in plugin.questions]

    @property
    def rules(self) -> Sequence[SoftRule]:
        """The soft rules of all plugins."""
        return [rule for plugin in self.plugins for rule in plugin.rules]

    @property
    def views(self) -> Sequence[AnyView]:
        """The views of all plugins, and those from which their questions are answered."""
        views = [view for plugin in self.plugins for view in plugin.views]
        return [*views, *map(question_view, self.questions)]

    @property
    def histories(self) -> Sequence[Path]:
        """The data files of history of all plugins."""
        return [file for plugin in self.plugins for file in plugin.histories]

    def schema(self, *, suggestions: bool = True) -> ComposedSchema:
        """The API of all plugins. Raises CompositionError."""
        parts = [plugin.schema for plugin in self.plugins]
        try:
            return compose(parts, self.command_handlers, self.guards, suggestions=suggestions)
        except ValueError as error:
            raise CompositionError(f"{error}.") from error


def installed_plugins(*, without: Iterable[str] = ()) -> Composition:
    """The core with all installed plugins, in the order of their names.

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
