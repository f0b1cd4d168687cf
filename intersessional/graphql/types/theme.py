"""Themes in the API."""

from typing import ClassVar

import strawberry

from intersessional.domain.kernel.ids import theme_id
from intersessional.domain.theme import commands
from intersessional.domain.theme.theme import GROUPS_MAX
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import Key, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.projections.groups import GROUPS
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.themes import THEMES, ThemeDocument, ThemeYear


@object_type
class ThemeYearType:
    """A year in which a Best Practice Forum worked on a theme."""

    value: strawberry.Private[ThemeYear]
    loaders: strawberry.Private[Loaders]

    @field
    def year(self) -> int:
        """The year."""
        return self.value.year

    @field
    async def title(self) -> str | None:
        """The forum's title in that year, as it was told, else the name of its group."""
        if self.value.title is not None or self.value.group_id is None:
            return await self.loaders.text(self.value.title)
        group = await self.loaders.get(GROUPS, self.value.group_id)
        return None if group is None else await self.loaders.text(group.document.name)


@object_type
class ThemeType(DocumentNode[ThemeDocument]):
    """A theme that Best Practice Forums of one or more years worked on."""

    view: ClassVar[AnyView] = THEMES

    @field
    def key(self) -> str:
        """Its unique key."""
        return self.document.key

    @field
    @at_most(GROUPS_MAX)
    def years(self) -> list[ThemeYearType]:
        """The years of work on it, the earliest first."""
        return [ThemeYearType(value=year, loaders=self.loaders) for year in self.document.years]


@object_type
class ThemeQuery:
    """Queries of themes."""

    @field
    @shareable
    async def theme(self, info: Info, key: Key, as_of: PastState = None) -> ThemeType | None:
        """The theme with this key."""
        return await ThemeType.find(theme_id(key), await loaders_at(info.context, as_of))

    @field
    @shareable
    async def themes(
        self, info: Info, first: First = 20, after: After = None, as_of: PastState = None
    ) -> Connection[ThemeType] | None:
        """All themes."""
        loaders = await loaders_at(info.context, as_of)
        return await ThemeType.page(None, loaders, first=first, after=after)


THEME_SCHEMA = SchemaPart(
    nodes=(ThemeType,),
    queries=(ThemeQuery,),
    mutations=(
        Mutation(commands.RecordThemeYear, "ThemeYearRecorded", ThemeType, versioned=False),
        Mutation(commands.LinkThemeGroup, "ThemeGroupLinked", ThemeType, versioned=False),
    ),
)
