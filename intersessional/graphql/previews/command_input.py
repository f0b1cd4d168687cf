"""The input with any one command."""

from collections.abc import Iterable, Mapping
from typing import Any

import strawberry

from intersessional.domain.command_handling.command import Command
from intersessional.graphql.mutations.inputs import parse_command
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.schema.descriptions import description_of
from intersessional.graphql.schema.signed_in_only import SIGNED_IN_ONLY


def command_input(mutations: Iterable[Mutation]) -> type:
    """The input type with one field for each mutation, of which exactly one is given."""
    annotations: Mapping[str, Any] = {one.name: one.input | None for one in mutations}
    fields = {
        one.name: strawberry.field(
            default=strawberry.UNSET, description=description_of(one.command.__doc__)
        )
        for one in mutations
    }
    cls = type("CommandInput", (), {"__annotations__": annotations, **fields})
    description = "Exactly one command, as its mutation takes it."
    return strawberry.input(cls, description=description, one_of=True, directives=[SIGNED_IN_ONLY])


def given_command(given: Any, mutations: Iterable[Mutation]) -> Command:
    """The command of an input. Raises BadValue for an invalid id."""
    for mutation in mutations:
        fields = getattr(given, mutation.name)
        if fields is not strawberry.UNSET:
            return parse_command(mutation.command, fields)
    raise TypeError("an input of this type has one field")
