"""Sources in the API."""

from typing import ClassVar

from intersessional.domain.kernel.ids import source_id
from intersessional.domain.source import commands
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import Key, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import CitedSourceType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.sources import SOURCES, SourceDocument


@object_type
class SourceType(DocumentNode[SourceDocument]):
    """A document or recording that facts in the record come from."""

    view: ClassVar[AnyView] = SOURCES

    @field
    def key(self) -> str:
        """Its unique key."""
        return self.document.key

    @field
    async def title(self) -> str | None:
        """The title."""
        return await self.loaders.text(self.document.title)

    @field
    async def location(self) -> str | None:
        """The place where it can be found, usually a URL."""
        return await self.loaders.text(self.document.location)


async def source_of_citation(root: CitedSourceType) -> SourceType | None:
    """The source; null when the record does not list it."""
    return await SourceType.find(source_id(root.value.key), root.loaders)


@object_type
class SourceQuery:
    """Queries of sources."""

    @field
    @shareable
    async def source(self, info: Info, key: Key, as_of: PastState = None) -> SourceType | None:
        """The source with this key."""
        return await SourceType.find(source_id(key), await loaders_at(info.context, as_of))

    @field
    @shareable
    async def sources(
        self, info: Info, first: First = 20, after: After = None, as_of: PastState = None
    ) -> Connection[SourceType] | None:
        """All sources."""
        loaders = await loaders_at(info.context, as_of)
        return await SourceType.page(None, loaders, first=first, after=after)


SOURCE_SCHEMA = SchemaPart(
    nodes=(SourceType,),
    queries=(SourceQuery,),
    mutations=(Mutation(commands.ListSource, "SourceListed", SourceType, versioned=False),),
    extends={"CitedSource": {"source": source_of_citation}},
)
