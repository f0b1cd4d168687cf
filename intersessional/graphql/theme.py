"""Themes in the API."""

from typing import ClassVar, cast

import strawberry

from intersessional.graphql.described import field, node_type
from intersessional.graphql.node import Node
from intersessional.graphql.sight import Sight
from intersessional.projections.themes import THEMES, ThemeDocument
from intersessional.projections.themes import ThemeYear as WorkedOn
from intersessional.projections.view import AnyView


@node_type
class ThemeYear:
    """A year in which a Best Practice Forum worked on a theme."""

    of: strawberry.Private[WorkedOn]
    sight: strawberry.Private[Sight]

    @field
    def year(self) -> int:
        """The year."""
        return self.of.year

    @field
    async def title(self) -> str | None:
        """What the forum called it that year."""
        return await self.sight.text(self.of.title)


@node_type
class Theme(Node):
    """What Best Practice Forums of one or more years have worked on."""

    view: ClassVar[AnyView] = THEMES

    @property
    def _document(self) -> ThemeDocument:
        return cast("ThemeDocument", self.found.document)

    @field
    def key(self) -> str:
        """The key by which the record knows it."""
        return self._document.key

    @field
    def years(self) -> list[ThemeYear]:
        """The years it was worked on, as they were recorded."""
        return [ThemeYear(of=year, sight=self.sight) for year in self._document.years]
