"""Payloads: the results of mutations that were not refused."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.utils.str_converters import to_snake_case

from intersessional.domain.command_handling.command import Command
from intersessional.graphql.relay.node import Node
from intersessional.graphql.relay.node_lookup import find_node
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import interface, object_type, schema_name
from intersessional.graphql.schema.scalars import Position


@interface
class CommandPayload:
    """The result of a command that was not refused."""

    position: Position
    """The position of its last event: a subscription can resume after it."""
    command_id: strawberry.ID
    """The command's id, with small letters."""
    repeated: bool
    """Whether an earlier request had sent the same command: nothing new was recorded."""
    changed_id: strawberry.Private[UUID]
    loaders: strawberry.Private[Loaders]


def payload_type(command: type[Command], name: str, node: type[Node]) -> type[CommandPayload]:
    """The payload of a command, with a field for the node that it changed.

    The field is ``node`` for a command that changes nodes of any type: ``node`` is the interface.
    """

    async def changed(self: CommandPayload, info: Info) -> Any:
        if node is Node:
            return await find_node(self.changed_id, self.loaders, info)
        snapshot = await self.loaders.get(node.view, self.changed_id)
        return None if snapshot is None else node.from_snapshot(snapshot, self.loaders)

    changed.__annotations__ = {"info": Info, "return": node | None}
    changed_node = strawberry.field(
        resolver=changed,
        description="The changed node in the state right after the command; null, with an error, "
        "when the command is recorded but the views cannot show it yet.",
    )
    doc = f"``{command.__name__}`` was recorded."
    fields = {
        to_snake_case(schema_name(node)): changed_node,
        "__module__": __name__,
        "__doc__": doc,
    }
    return object_type(type(name, (CommandPayload,), fields))
