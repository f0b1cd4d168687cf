"""Sources in the API."""

from typing import ClassVar, cast

from intersessional.graphql.described import field, node_type
from intersessional.graphql.node import Node
from intersessional.projections.sources import SOURCES, SourceDocument
from intersessional.projections.view import AnyView


@node_type
class Source(Node):
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
        return await self.sight.text(self._document.title)

    @field
    async def location(self) -> str | None:
        """Where it can be looked up."""
        return await self.sight.text(self._document.location)
