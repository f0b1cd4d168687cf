"""Mutations: one for each command. A refusal is an answer, not an error."""

import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Union

import strawberry
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_snake_case

from intersessional.domain.command import Command
from intersessional.domain.refused import Refused
from intersessional.graphql.context import Context, Info
from intersessional.graphql.inputs import command, input_type
from intersessional.graphql.node import Node
from intersessional.graphql.refusals import refusal, refusal_type
from intersessional.graphql.scalars import Position
from intersessional.projections.moment import Moment


@dataclass(frozen=True)
class Mutation:
    """How a command is asked for and answered: the outcome names the node that it changed."""

    command: type[Command]
    outcome: str
    node: type[Node]

    @property
    def name(self) -> str:
        """The name of the field."""
        name = self.command.__name__
        return name[0].lower() + name[1:]


def mutation_type(
    mutations: Iterable[Mutation], refuses: dict[type[Command], Sequence[type[Refused]]]
) -> type:
    """The mutation type: a field for each command, with the refusals it may be answered with."""
    fields: dict[str, StrawberryField] = {}
    for mutation in mutations:
        if mutation.name in fields:
            raise ValueError(f"two mutations are named {mutation.name}")
        fields[mutation.name] = _field(mutation, refuses[mutation.command])
    cls = type("Mutation", (), fields)
    return strawberry.type(cls, description="What can be asked of the record.")


def _field(mutation: Mutation, refuses: Sequence[type[Refused]]) -> StrawberryField:
    outcome, noun = _outcome_type(mutation)
    answers = (outcome, *(refusal_type(refused) for refused in refuses))
    result = Annotated[
        Union[answers],  # type: ignore[valid-type]  # noqa: UP007
        strawberry.union(
            f"{mutation.command.__name__}Result",
            description=f"What {mutation.name} answers: {mutation.outcome}, or why not.",
        ),
    ]

    async def resolve(info: Info, input: Any) -> Any:
        context = info.context
        try:
            done = await context.door.submit(command(mutation.command, input), context.caller)
        except Refused as refused:
            return refusal(refused)
        return outcome(
            position=Position(done.position),
            command_id=strawberry.ID(str(done.command_id)),
            repeated=done.repeated,
            **{noun: await _node(mutation.node, done.subject, done.position, context)},
        )

    resolve.__annotations__ = {
        "info": Info,
        "input": input_type(mutation.command),
        "return": result,
    }
    doc = " ".join((inspect.getdoc(mutation.command) or "").split())
    field: StrawberryField = strawberry.mutation(resolver=resolve, description=doc)
    return field


async def _node(node: type[Node], subject: Any, position: int, context: Context) -> Node:
    """What the command changed, as it stood right after: waits until the views have it."""
    await context.reader.reached(position)
    sight = context.look(Moment(position))
    found = await sight.get(node.view, subject)
    if found is None:
        raise LookupError(f"{node.__name__} {subject} is not in its view at {position}")
    return node.of(found, sight)


def _outcome_type(mutation: Mutation) -> tuple[type, str]:
    noun = to_snake_case(mutation.node.__name__)
    fields = {
        "position": strawberry.field(
            description="The position of its last event: what a subscription goes on after."
        ),
        "command_id": strawberry.field(description="The command's id, as it was sent."),
        "repeated": strawberry.field(
            description="Whether it had been done before, and was not done again."
        ),
        noun: strawberry.field(description="What it changed, as it stood right after."),
    }
    annotations = {
        "position": Position,
        "command_id": strawberry.ID,
        "repeated": bool,
        noun: mutation.node,
    }
    cls = type(mutation.outcome, (), {"__annotations__": annotations, **fields})
    doc = f"{mutation.command.__name__} was recorded."
    return strawberry.type(cls, description=doc), noun
