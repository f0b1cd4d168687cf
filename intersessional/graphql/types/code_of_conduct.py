"""The code of conduct in the API."""

from typing import ClassVar

import strawberry

from intersessional.domain.code_of_conduct import commands
from intersessional.domain.code_of_conduct.code_of_conduct import VERSIONS_MAX
from intersessional.domain.kernel.ids import code_of_conduct_id, source_id
from intersessional.domain.participant.code_of_conduct import (
    CODE_OF_CONDUCT,
    CODE_OF_CONDUCT_SUMMARY,
    CODE_OF_CONDUCT_URL,
)
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.source import SourceType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.code_of_conduct import (
    CODES_OF_CONDUCT,
    CodeOfConductDocument,
    ConductVersionDocument,
)
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.participants import PARTICIPANTS, accepted


@object_type
class ConductVersionType:
    """A version of the IGF Code of Conduct: accepted before the first contribution under it."""

    value: strawberry.Private[ConductVersionDocument | None]
    """None for the version of the program, which holds until one is published."""
    loaders: strawberry.Private[Loaders]

    @property
    def number(self) -> int:
        """The number of the version."""
        return CODE_OF_CONDUCT if self.value is None else self.value.version

    @field
    def version(self) -> int:
        """The version, which `acceptCodeOfConduct` names."""
        return self.number

    @field
    def since(self) -> OccurredType | None:
        """When it was published; null for the one that holds where none was."""
        return None if self.value is None else OccurredType(value=self.value.since)

    @field
    async def text(self) -> str | None:
        """Its text; null where the record names the place of it alone."""
        return None if self.value is None else await self.loaders.text(self.value.text)

    @field
    async def source(self) -> SourceType | None:
        """The source that has its text."""
        return await self._source()

    @field
    async def url(self) -> str:
        """The address at which its text can be read: that of its source, else the IGF's."""
        source = await self._source()
        sealed = None if source is None else source.document.location
        return await self.loaders.text(sealed) or CODE_OF_CONDUCT_URL

    async def _source(self) -> SourceType | None:
        key = None if self.value is None else self.value.source
        return None if key is None else await SourceType.find(source_id(key), self.loaders)

    @field
    def summary(self) -> str | None:
        """What it asks for, in short and in words of this project; in English. Null for a version
        that was published.
        """
        return CODE_OF_CONDUCT_SUMMARY if self.value is None else None

    @field
    async def acceptances(self) -> int:
        """How many participants have accepted this version and no later one."""
        accepting = await self.loaders.page(PARTICIPANTS, accepted(self.number), first=1)
        return accepting.total


@object_type
class CodeOfConductType(DocumentNode[CodeOfConductDocument]):
    """The IGF Code of Conduct, with the versions that were published."""

    view: ClassVar[AnyView] = CODES_OF_CONDUCT

    @field
    @at_most(VERSIONS_MAX)
    def versions(self) -> list[ConductVersionType]:
        """The versions that were published, in the order in which they took effect."""
        versions = self.document.versions
        return [ConductVersionType(value=one, loaders=self.loaders) for one in versions]


async def conduct_in_force(loaders: Loaders) -> ConductVersionType:
    """The version of the code of conduct that is in force in a state of the record."""
    found = await loaders.get(CODES_OF_CONDUCT, code_of_conduct_id())
    versions = () if found is None else found.document.versions
    return ConductVersionType(value=versions[-1] if versions else None, loaders=loaders)


async def document_of_conduct(root: ConductVersionType) -> CodeOfConductType | None:
    """The code of conduct with all its versions; null before one was published."""
    return await CodeOfConductType.find(code_of_conduct_id(), root.loaders)


@object_type
class CodeOfConductQuery:
    """Queries of the code of conduct."""

    @field
    @shareable
    async def code_of_conduct(self, info: Info, as_of: PastState = None) -> ConductVersionType:
        """The code of conduct in force."""
        return await conduct_in_force(await loaders_at(info.context, as_of))


CODE_OF_CONDUCT_SCHEMA = SchemaPart(
    nodes=(CodeOfConductType,),
    queries=(CodeOfConductQuery,),
    mutations=(
        Mutation(
            commands.PublishCodeOfConduct,
            "CodeOfConductPublished",
            CodeOfConductType,
            versioned=False,
        ),
    ),
    extends={"ConductVersion": {"document": document_of_conduct}},
)
