"""The GraphQL schema, composed of parts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_handler import CommandHandler, Guard
from intersessional.domain.kernel.refusals import COMMON_REFUSALS, Refused
from intersessional.graphql.mutations.mutation import mutation_type
from intersessional.graphql.previews.preview_query import preview_query
from intersessional.graphql.schema.counter import NO_COUNTERS, Counter
from intersessional.graphql.schema.decorators import enum, field
from intersessional.graphql.schema.fast_resolvers import use_fast_resolvers
from intersessional.graphql.schema.list_size import list_sizes
from intersessional.graphql.schema.scalars import SCALARS
from intersessional.graphql.schema.schema_part import SchemaPart, combined
from intersessional.graphql.schema.signed_in_only import stand_ins


class ComposedSchema(strawberry.Schema):
    """A schema whose parts add fields to each other's types."""

    def __init__(
        self,
        *,
        extends: Mapping[str, Sequence[StrawberryField]],
        counters: Mapping[str, Counter] = NO_COUNTERS,
        **rest: Any,
    ) -> None:
        """``extends`` names the further fields of each type. Raises ValueError for no type."""
        self._extends = extends
        self.counters = counters
        """What counts what the record holds of a node, by the name of its type."""
        super().__init__(**rest)  # pyright: ignore[reportUnknownMemberType]
        use_fast_resolvers(self.core)
        self.list_sizes = list_sizes(self.core)
        """The bounds of lists, by type and field."""
        self.stand_ins = stand_ins(self.core)
        """What is coerced of inputs that are refused to who has not signed in, by type."""
        for name in counters:
            if self.get_type_by_name(name) is None:
                raise ValueError(f"something counts for {name}, which is no type")
        for name, fields in extends.items():
            definition = self.get_type_by_name(name)
            if not isinstance(definition, StrawberryObjectDefinition):
                raise ValueError(f"fields are given to {name}, which is no type")
            own = {field.python_name for field in definition.fields}
            for given in fields:
                if given.python_name in own:
                    raise ValueError(f"{name} has a field {given.python_name} already")

    @property
    def suggests(self) -> bool:
        """Whether error messages suggest similar names."""
        return not self.config.disable_field_suggestions

    @property
    def core(self) -> GraphQLSchema:
        """The schema as graphql-core knows it."""
        return self._schema

    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        """The fields of a type: its own and those that parts give to it."""
        return [*type_definition.fields, *self._extends.get(type_definition.name, ())]


def compose(
    parts: Sequence[SchemaPart],
    command_handlers: Iterable[CommandHandler],
    guards: Iterable[Guard],
    *,
    suggestions: bool = True,
) -> ComposedSchema:
    """One schema from all parts. Raises ValueError when two claim one name."""
    schema = combined(parts)
    for kind in schema.enums:
        enum(kind)
    previewed = [one for one in schema.mutations if one.is_previewed]
    queries = (*schema.queries, preview_query(previewed, schema.nodes))
    return ComposedSchema(
        query=_root("Query", queries, "Queries of the record, as it is and as it was."),
        mutation=mutation_type(schema.mutations, _refuses(command_handlers, guards)),
        subscription=_root(
            "Subscription", schema.subscriptions, "Subscriptions to events, past and to come."
        ),
        types=schema.nodes,
        extends={name: _fields(given) for name, given in schema.extends.items()},
        counters=schema.counters,
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=not suggestions),
    )


def _root(name: str, types: tuple[type[Any], ...], description: str) -> type[Any]:
    """A root type with the fields of all of these."""
    merged = merge_types(name, types)
    definition: StrawberryObjectDefinition = vars(merged)["__strawberry_definition__"]
    definition.description = description
    return merged


def _refuses(
    command_handlers: Iterable[CommandHandler], guards: Iterable[Guard]
) -> dict[type[Command], Sequence[type[Refused]]]:
    refuses = {one.command: [*COMMON_REFUSALS, *one.refuses] for one in command_handlers}
    for guard in guards:
        refuses[guard.command].extend(guard.refuses)
    return {command: tuple(dict.fromkeys(kinds)) for command, kinds in refuses.items()}


def _fields(resolvers: Mapping[str, Callable[..., Any]]) -> Sequence[StrawberryField]:
    fields: list[StrawberryField] = []
    for name, resolver in resolvers.items():
        added = field(resolver)
        added.python_name = added.name = name
        fields.append(added)
    return fields
