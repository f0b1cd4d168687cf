"""Themes in the API."""

from typing import ClassVar

import strawberry

from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.themes import THEMES, ThemeDocument, ThemeYear


@object_type
class ThemeYearType:
    """A year in which a Best Practice Forum worked on a theme."""

    of: strawberry.Private[ThemeYear]
    loaders: strawberry.Private[Loaders]

    @field
    def year(self) -> int:
        """The year."""
        return self.of.year

    @field
    async def title(self) -> str | None:
        """What the forum called it that year."""
        return await self.loaders.text(self.of.title)


@object_type
class ThemeType(DocumentNode[ThemeDocument]):
    """What Best Practice Forums of one or more years have worked on."""

    view: ClassVar[AnyView] = THEMES

    @field
    def key(self) -> str:
        """The key by which the record knows it."""
        return self.document.key

    @field
    def years(self) -> list[ThemeYearType]:
        """The years it was worked on, as they were recorded."""
        return [ThemeYearType(of=year, loaders=self.loaders) for year in self.document.years]
