"""Queries that find a node of any type by its id."""

from typing import Annotated

import strawberry

from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import Node
from intersessional.graphql.relay.node_lookup import find_node, mentions_of_entry, subject_of_entry
from intersessional.graphql.request.as_of_input import AsOfInput, loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import Id
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable

Then = Annotated[AsOfInput, strawberry.argument(description="The past state to read.")]


@object_type
class NodeQuery:
    """Queries of nodes of any type."""

    @field
    @shareable
    async def node(self, info: Info, id: Id) -> Node | None:
        """The node with this id, in the latest state; null if there is none."""
        # Relay's compiler takes this field only with the id alone.
        return await find_node(parse_id(id), await loaders_at(info.context, None), info)

    @field
    @shareable
    async def node_as_of(self, info: Info, id: Id, as_of: Then) -> Node | None:
        """The node with this id, in a past state; null before its first event."""
        return await find_node(parse_id(id), await loaders_at(info.context, as_of), info)


NODE_SCHEMA = SchemaPart(
    queries=(NodeQuery,),
    extends={"AuditEntry": {"subject": subject_of_entry, "mentions": mentions_of_entry}},
)
