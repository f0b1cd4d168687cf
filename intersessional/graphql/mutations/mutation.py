"""Mutations: one for each command. A refusal is a result, not an error."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Union

import strawberry
from strawberry.types.field import StrawberryField

from intersessional.answer_counts import commands
from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.kernel.refusals import Refused
from intersessional.graphql.mutations.inputs import ONLY_IMPORTED, VERSION, input_of, parse_command
from intersessional.graphql.mutations.payloads import payload_type
from intersessional.graphql.mutations.refusals import refusal, refusal_type
from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.context import Context, Info
from intersessional.graphql.schema.descriptions import description_of
from intersessional.graphql.schema.scalars import Position
from intersessional.projections.kernel.as_of import AsOf
from intersessional.tracing import span


@dataclass(frozen=True)
class Mutation:
    """A mutation that sends a command; its payload has a field for the changed node.

    A command that creates a node has no version to expect, and is not ``versioned``.
    """

    command: type[Command]
    outcome: str
    node: type[Node]
    versioned: bool = True
    is_previewed: bool = True
    """Whether a preview shows what it would record."""

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

    async def submit(self, input: Any, context: Context) -> CommandResult:
        """Record the command with the fields of an input. Raises Refused."""
        command = parse_command(self.command, input)
        return await context.command_bus.submit_from_client(command, context.caller)


def mutation_type(
    mutations: Iterable[Mutation], refuses: Mapping[type[Command], Sequence[type[Refused]]]
) -> type:
    """The mutation type: a field for each command, with the refusals that it declares."""
    fields: dict[str, StrawberryField] = {}
    for mutation in mutations:
        if mutation.name in fields:
            raise ValueError(f"two mutations are named {mutation.name}")
        fields[mutation.name] = _field(mutation, refuses[mutation.command])
    cls = type("Mutation", (), fields)
    return strawberry.type(cls, description="The commands.")


def _field(mutation: Mutation, refuses: Sequence[type[Refused]]) -> StrawberryField:
    payload = payload_type(mutation.command, mutation.outcome, mutation.node)
    members = (payload, *(refusal_type(refused) for refused in refuses))
    union: Any = Annotated[
        Union[members],  # noqa: UP007
        strawberry.union(
            f"{mutation.command.__name__}Result",
            description=f"The result of `{mutation.name}`: {mutation.outcome} or a refusal.",
        ),
    ]

    async def resolve(info: Info, input: Any) -> Any:
        context = info.context
        commands[mutation.command.__name__] += 1
        try:
            with span("command", command=mutation.command.__name__):
                result = await mutation.submit(input, context)
        except Refused as refused:
            return refusal(refused)
        context.recorded.append(result.position)
        # The next query sees the command; where views lag, the field of the node fails.
        await context.wait_for_views(result.position)
        return payload(
            position=Position(result.position),
            command_id=strawberry.ID(str(result.command_id)),
            repeated=result.repeated,
            changed_id=result.subject,
            loaders=context.new_loaders(AsOf(result.position)),
        )

    # A field that fails is null; the results of the other fields are still returned.
    resolve.__annotations__ = {
        "info": Info,
        "input": Annotated[
            mutation.input, strawberry.argument(description="The command's fields.")
        ],
        "return": union | None,
    }
    field: StrawberryField = strawberry.mutation(
        resolver=resolve, description=description_of(mutation.command.__doc__)
    )
    return field
