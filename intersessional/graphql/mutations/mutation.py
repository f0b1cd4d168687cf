"""Mutations: one for each command. A refusal is an answer, not an error."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Union

import strawberry
from strawberry.types.field import StrawberryField

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.refusals import Refused
from intersessional.graphql.mutations.inputs import ONLY_IMPORTED, VERSION, command, input_of
from intersessional.graphql.mutations.payloads import payload_type
from intersessional.graphql.mutations.refusals import refusal, refusal_type
from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.context import Info
from intersessional.graphql.schema.descriptions import description_of
from intersessional.graphql.schema.scalars import Position
from intersessional.projections.kernel.as_of import AsOf


@dataclass(frozen=True)
class Mutation:
    """A command in the API: its payload has a field for the node that it changed.

    A command that creates a node has no version to expect, and is not ``versioned``.
    """

    command: type[Command]
    outcome: str
    node: type[Node]
    versioned: bool = True

    @property
    def name(self) -> str:
        """The name of the field."""
        name = self.command.__name__
        return name[0].lower() + name[1:]

    @property
    def input(self) -> type:
        """The type of its argument."""
        without = (ONLY_IMPORTED,) if self.versioned else (ONLY_IMPORTED, VERSION)
        return input_of(self.command, without=without)


def mutation_type(
    mutations: Iterable[Mutation], refuses: Mapping[type[Command], Sequence[type[Refused]]]
) -> type:
    """The mutation type: a field for each command, with the refusals it may be answered with."""
    fields: dict[str, StrawberryField] = {}
    for mutation in mutations:
        if mutation.name in fields:
            raise ValueError(f"two mutations are named {mutation.name}")
        fields[mutation.name] = _field(mutation, refuses[mutation.command])
    cls = type("Mutation", (), fields)
    return strawberry.type(cls, description="The commands.")


def _field(mutation: Mutation, refuses: Sequence[type[Refused]]) -> StrawberryField:
    outcome = payload_type(mutation.command, mutation.outcome, mutation.node)
    answers = (outcome, *(refusal_type(refused) for refused in refuses))
    result: Any = Annotated[
        Union[answers],  # noqa: UP007
        strawberry.union(
            f"{mutation.command.__name__}Result",
            description=f"The result of `{mutation.name}`: {mutation.outcome} or a refusal.",
        ),
    ]

    async def resolve(info: Info, input: Any) -> Any:
        context = info.context
        try:
            done = await context.command_bus.submit(
                command(mutation.command, input), context.caller
            )
        except Refused as refused:
            return refusal(refused)
        # The next query sees the command; if views lag, reading the node says so.
        await context.wait_for_views(done.position)
        return outcome(
            position=Position(done.position),
            command_id=strawberry.ID(str(done.command_id)),
            repeated=done.repeated,
            subject=done.subject,
            loaders=context.new_loaders(AsOf(done.position)),
        )

    # A field that fails is null, and what the others did is still answered.
    resolve.__annotations__ = {
        "info": Info,
        "input": Annotated[
            mutation.input, strawberry.argument(description="The command's fields.")
        ],
        "return": result | None,
    }
    field: StrawberryField = strawberry.mutation(
        resolver=resolve, description=description_of(mutation.command.__doc__)
    )
    return field
