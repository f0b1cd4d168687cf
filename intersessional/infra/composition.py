"""Plugins put together: what the whole system answers, sees and says."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points

from intersessional.domain.door import Answer, Guard
from intersessional.domain.subject import Subject
from intersessional.graphql.schema import ComposedSchema, Extensions, compose
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin, Task
from intersessional.projections.view import AnyView

GROUP = "intersessional.plugins"

_CLAIMS: tuple[tuple[str, Callable[[Plugin], list[str]]], ...] = (
    ("name", lambda plugin: [plugin.name]),
    ("topic", lambda plugin: [subject.TOPIC for subject in plugin.subjects]),
    ("command", lambda plugin: [answer.command.__name__ for answer in plugin.answers]),
    ("view", lambda plugin: [view.name for view in plugin.views]),
    ("mutation", lambda plugin: [mutation.name for mutation in plugin.schema.mutations]),
)


class CompositionRefused(Exception):
    """These plugins do not fit together; the message says which and why."""


@dataclass(frozen=True)
class Composition:
    """Several plugins as one. Raises CompositionRefused when two claim one name."""

    plugins: tuple[Plugin, ...]

    def __post_init__(self) -> None:
        for claim, names in _CLAIMS:
            _check_unique(claim, names, self.plugins)
        answered = {answer.command for answer in self.answers}
        for plugin in self.plugins:
            for guard in plugin.guards:
                if guard.command not in answered:
                    command = guard.command.__name__
                    raise CompositionRefused(
                        f"{plugin.name} guards {command}, which nothing answers."
                    )

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
    def views(self) -> Sequence[AnyView]:
        """What readers see."""
        return [view for plugin in self.plugins for view in plugin.views]

    @property
    def tasks(self) -> Sequence[Task]:
        """What goes on in the background."""
        return [task for plugin in self.plugins for task in plugin.tasks]

    def schema(self, extensions: Extensions = (), *, suggestions: bool = True) -> ComposedSchema:
        """The API of all plugins."""
        parts = [plugin.schema for plugin in self.plugins]
        return compose(
            parts, self.answers, self.guards, extensions=extensions, suggestions=suggestions
        )


def installed(*, without: Iterable[str] = ()) -> Composition:
    """The core with every plugin that is installed, in the order of their names.

    Raises CompositionRefused, also for an entry point that is no plugin.
    """
    plugins: list[Plugin] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        if entry.name in without:
            continue
        plugin = entry.load()
        if not isinstance(plugin, Plugin) or plugin.name != entry.name:
            raise CompositionRefused(f"{entry.value} is not the plugin {entry.name}.")
        plugins.append(plugin)
    return Composition((CORE, *plugins))


def _check_unique(
    claim: str, names: Callable[[Plugin], list[str]], plugins: Sequence[Plugin]
) -> None:
    owners: dict[str, Plugin] = {}
    for plugin in plugins:
        for name in names(plugin):
            if name in owners:
                raise CompositionRefused(
                    f"{owners[name].name} and {plugin.name} both claim the {claim} {name}."
                )
            owners[name] = plugin
