"""Sources in the API."""

from typing import ClassVar, cast

from intersessional.graphql.relay.node import Node
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.sources import SOURCES, SourceDocument


@object_type
class SourceType(Node):
    """Something that facts are taken from."""

    view: ClassVar[AnyView] = SOURCES

    @property
    def _document(self) -> SourceDocument:
        return cast("SourceDocument", self.found.document)

    @field
    def key(self) -> str:
        """The key by which the record knows it."""
        return self._document.key

    @field
    async def title(self) -> str | None:
        """What it is."""
        return await self.loaders.text(self._document.title)

    @field
    async def location(self) -> str | None:
        """Where it can be looked up."""
        return await self.loaders.text(self._document.location)
