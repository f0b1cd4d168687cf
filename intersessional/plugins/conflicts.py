"""Conflicts between plugins: names claimed twice, and missing foundations."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from strawberry.types import get_object_definition

from intersessional.domain.kernel.aggregate import events_of
from intersessional.graphql.schema.decorators import schema_name
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.plugins.page_conflicts import (
    form_addresses,
    page_conflicts,
    places,
    screen_addresses,
)
from intersessional.plugins.plugin import Plugin

_CLAIMS: tuple[tuple[str, Callable[[Plugin], Iterable[str]]], ...] = (
    ("name", lambda plugin: [plugin.name]),
    ("topic", lambda plugin: [kind.TOPIC for kind in plugin.aggregates]),
    ("command", lambda plugin: [answer.command.__name__ for answer in plugin.command_handlers]),
    ("command topic", lambda plugin: [one.command.TOPIC for one in plugin.command_handlers]),
    ("question", lambda plugin: [question.name for question in plugin.questions]),
    ("rule", lambda plugin: [rule.key for rule in plugin.rules]),
    ("view", lambda plugin: [view.name for view in plugin.views]),
    ("type", lambda plugin: _type_names(plugin.schema)),
    ("query", lambda plugin: _field_names(plugin.schema.queries)),
    ("mutation", lambda plugin: [mutation.name for mutation in plugin.schema.mutations]),
    ("subscription", lambda plugin: _field_names(plugin.schema.subscriptions)),
    ("field", lambda plugin: _extension_fields(plugin)),
    ("address", screen_addresses),
    ("form", form_addresses),
    ("place", places),
)


def plugin_conflicts(plugins: Sequence[Plugin]) -> Iterator[str]:
    """The conflicts between these plugins, as sentences."""
    for claim, names in _CLAIMS:
        yield from _claimed_twice(claim, names, plugins)
    answered = {answer.command for plugin in plugins for answer in plugin.command_handlers}
    happens = {
        event for plugin in plugins for subject in plugin.aggregates for event in events_of(subject)
    }
    for plugin in plugins:
        for guard in plugin.guards:
            if guard.command not in answered:
                command = guard.command.__name__
                yield f"{plugin.name} guards {command}, which nothing answers."
        for reaction in plugin.reactions:
            if reaction.event not in happens:
                event = reaction.event.__qualname__
                yield f"{plugin.name} reacts to {event}, which happens to nothing."
        for mutation in plugin.schema.mutations:
            if mutation.command not in answered:
                yield f"{plugin.name} offers {mutation.name}, which nothing answers."
    yield from page_conflicts(plugins)


def _claimed_twice(
    claim: str, names: Callable[[Plugin], Iterable[str]], plugins: Sequence[Plugin]
) -> Iterator[str]:
    owners: dict[str, Plugin] = {}
    for plugin in plugins:
        for name in names(plugin):
            if name in owners:
                yield f"{owners[name].name} and {plugin.name} both claim the {claim} {name}."
            owners[name] = plugin


def _type_names(part: SchemaPart) -> Iterable[str]:
    return [schema_name(node) for node in part.nodes] + [kind.__name__ for kind in part.enums]


def _field_names(kinds: Iterable[type]) -> Iterable[str]:
    return [
        field.name for kind in kinds for field in get_object_definition(kind, strict=True).fields
    ]


def _extension_fields(plugin: Plugin) -> Iterable[str]:
    return [f"{kind}.{name}" for kind, fields in plugin.schema.extends.items() for name in fields]
