"""Kinds of group in the API."""

from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.group_kind import commands
from intersessional.domain.group_kind.group_kind_rules import BUILT_IN_KINDS
from intersessional.domain.kernel.ids import group_kind_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import BadRequest, Info
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.projections.group_kinds import (
    BUILT_IN_KIND_DOCUMENTS,
    GROUP_KINDS,
    GroupKindDocument,
)
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import AnyView, ListKey

KindOfGroup = Annotated[
    str | None,
    strawberry.argument(description="Only for this kind of group, by its key: `BPF`."),
]

_BUILT_IN = {
    document.key: DocumentSnapshot(
        key=group_kind_id(document.key), created_at_position=0, position=0, document=document
    )
    for document in BUILT_IN_KIND_DOCUMENTS
}

KINDS_MAX = 200
"""Kinds of group."""


@object_type
class GroupKindType(DocumentNode[GroupKindDocument]):
    """A kind of intersessional group, and what applies to its groups.

    A kind that the record has not defined is a built-in one: its position and version are 0.
    """

    view: ClassVar[AnyView] = GROUP_KINDS

    @classmethod
    async def with_key(cls, key: str, loaders: Loaders) -> "GroupKindType | None":
        """The kind with this key, recorded or built in."""
        found = await cls.find(group_kind_id(key), loaders)
        if found is None and key in _BUILT_IN:
            return cls.from_snapshot(_BUILT_IN[key], loaders)
        return found

    @field
    def key(self) -> str:
        """Its key, as arguments and inputs give it."""
        return self.document.key

    @field
    async def name(self) -> str | None:
        """Its name."""
        if self.document.name is None:
            return BUILT_IN_KINDS[self.document.key].name
        return await self.loaders.text(self.document.name)

    @field
    def proposed(self) -> bool:
        """Whether such groups are established from proposals."""
        return self.document.rules.proposed

    @field
    def capped_by(self) -> str | None:
        """The key of the policy under whose cap they count; null: under no cap."""
        return self.document.rules.capped_by

    @field
    def windowed(self) -> bool:
        """Whether their drafts have a public comment window."""
        return self.document.rules.windowed


async def checked_kind(key: str | None, loaders: Loaders) -> str | None:
    """The key of a kind that is known now, or None. Raises BadRequest for an unknown one."""
    if key is not None and await GroupKindType.with_key(key, loaders.regardless_of_time) is None:
        raise BadRequest("UNKNOWN_GROUP_KIND", f"There is no kind of group {key[:80]!r}.")
    return key


@object_type
class GroupKindQuery:
    """Queries of kinds of group."""

    @field
    @at_most(KINDS_MAX)
    @shareable
    async def group_kinds(self, info: Info, as_of: PastState = None) -> list[GroupKindType]:
        """All kinds of group: the built-in ones first."""
        loaders = await loaders_at(info.context, as_of)
        snapshots = {snapshot.key: snapshot for snapshot in _BUILT_IN.values()}
        async for snapshot in every_document(loaders, GROUP_KINDS, ListKey(None)):
            snapshots[snapshot.key] = snapshot
        return [GroupKindType.from_snapshot(one, loaders) for one in snapshots.values()]


GROUP_KIND_SCHEMA = SchemaPart(
    nodes=(GroupKindType,),
    queries=(GroupKindQuery,),
    mutations=(Mutation(commands.DefineGroupKind, "GroupKindDefined", GroupKindType),),
)
