"""Sources in the API."""

from typing import ClassVar

from intersessional.domain.kernel.ids import source_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.types.audit_entry import CitedSourceType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.sources import SOURCES, SourceDocument


@object_type
class SourceType(DocumentNode[SourceDocument]):
    """Something that facts are taken from."""

    view: ClassVar[AnyView] = SOURCES

    @field
    def key(self) -> str:
        """The key by which the record knows it."""
        return self.document.key

    @field
    async def title(self) -> str | None:
        """What it is."""
        return await self.loaders.text(self.document.title)

    @field
    async def location(self) -> str | None:
        """Where it can be looked up."""
        return await self.loaders.text(self.document.location)


async def source_of_citation(root: CitedSourceType) -> SourceType | None:
    """The source; null when the record does not list it."""
    return await SourceType.find(source_id(root.of), root.loaders)
