"""Documents of the Forum in the API."""

from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.document import commands
from intersessional.domain.document.document import ROUTES_MAX, VERSIONS_OF_DOCUMENT_MAX
from intersessional.domain.document.document_kind import DocumentKind
from intersessional.domain.kernel.ids import source_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.group_account import GroupReportType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.source import SourceType
from intersessional.graphql.values.body import BodyType, body_of
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.rule import RuleType
from intersessional.projections.documents import (
    DOCUMENTS,
    DocumentRoute,
    ListedDocument,
    PublishedVersion,
)
from intersessional.projections.kernel.view import AnyView, ListKey

KindOfDocument = Annotated[
    DocumentKind | None, strawberry.argument(description="Only documents of this kind.")
]


NumberOfVersion = Annotated[
    int | None, strawberry.argument(description="Its number from 1; the last one by default.")
]


@object_type
class DocumentVersionType:
    """A version of a document."""

    value: strawberry.Private[PublishedVersion]
    place: strawberry.Private[int]
    loaders: strawberry.Private[Loaders]

    @field
    def number(self) -> int:
        """Its number among the versions, from 1."""
        return self.place

    @field
    async def label(self) -> str | None:
        """Its label."""
        return await self.loaders.text(self.value.label)

    @field
    def dated(self) -> OccurredType:
        """Its date."""
        return OccurredType(value=self.value.dated)

    @field
    def language(self) -> str | None:
        """Its language, as a tag of BCP 47; null where it is unknown."""
        return self.value.language

    @field
    async def source(self) -> SourceType | None:
        """The source in which it stands."""
        key = self.value.source
        return None if key is None else await SourceType.find(source_id(key), self.loaders)

    @field
    async def text(self) -> str | None:
        """Its text, with errors of reading put right; null where the record has none."""
        return await self.loaders.text(self.value.text)

    @field
    async def raw_text(self) -> str | None:
        """Its text as a machine read it, where that differs."""
        return await self.loaders.text(self.value.raw_text)

    @field
    def sha256(self) -> str | None:
        """The SHA-256 of its bytes, in hexadecimal digits."""
        return self.value.sha256


@object_type
class DocumentRouteType:
    """A way that a document went, from a body to a body."""

    value: strawberry.Private[DocumentRoute]
    loaders: strawberry.Private[Loaders]

    @field
    def sender(self) -> BodyType | None:
        """The body that forwarded it; null where a drafting team or a person did."""
        return body_of(self.value.sender, self.loaders)

    @field
    def recipient(self) -> BodyType:
        """The body to which it went."""
        return BodyType(value=self.value.recipient, loaders=self.loaders)

    @field
    def forwarded(self) -> OccurredType:
        """When it was forwarded."""
        return OccurredType(value=self.value.forwarded)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting at which it was forwarded."""
        return await MeetingType.find(self.value.meeting_id, self.loaders)


@object_type
class DocumentType(DocumentNode[ListedDocument]):
    """A document of the Forum, such as a background note."""

    view: ClassVar[AnyView] = DOCUMENTS

    @field
    def kind(self) -> DocumentKind:
        """The kind of document."""
        return self.document.kind

    @field
    async def title(self) -> str | None:
        """The title."""
        return await self.loaders.text(self.document.title)

    @field
    def body(self) -> BodyType | None:
        """The body that it belongs to."""
        return body_of(self.document.body, self.loaders)

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle that it belongs to."""
        return await CycleType.find(self.document.cycle_id, self.loaders)

    @field
    def missing(self) -> bool:
        """Whether sources name it, and none that was found has it."""
        return self.document.missing

    @field
    @at_most(VERSIONS_OF_DOCUMENT_MAX)
    def versions(self) -> list[DocumentVersionType]:
        """Its versions, oldest first."""
        return [
            DocumentVersionType(value=one, place=place, loaders=self.loaders)
            for place, one in enumerate(self.document.versions, 1)
        ]

    @field
    def published_version(self, number: NumberOfVersion = None) -> DocumentVersionType | None:
        """The version with a number, the last one by default; null where it has none."""
        versions = self.versions()
        place = len(versions) if number is None else number
        return versions[place - 1] if 0 < place <= len(versions) else None

    @field
    @at_most(ROUTES_MAX)
    def routes(self) -> list[DocumentRouteType]:
        """The ways that it went, oldest first."""
        return [DocumentRouteType(value=one, loaders=self.loaders) for one in self.document.routes]


async def document_of_report(root: GroupReportType) -> DocumentType | None:
    """The document that it was given in; null where it was given in words alone."""
    return await DocumentType.find(root.value.document.document_id, root.loaders)


async def document_of_rule(root: RuleType) -> DocumentType | None:
    """The document that lays it down: the one that it names, or one that stands in its source."""
    basis = root.rules[-1].basis
    if basis.document_id is not None or basis.source is None:
        return await DocumentType.find(basis.document_id, root.loaders)
    page = await root.loaders.page(DOCUMENTS, ListKey(source_id(basis.source)), first=1)
    return next((DocumentType.from_snapshot(one, root.loaders) for one in page.items), None)


async def documents_of(
    root: CycleType | GroupType | SourceType,
    kind: KindOfDocument = None,
    first: First = 20,
    after: After = None,
) -> Connection[DocumentType] | None:
    """Its documents, of one kind or all."""
    only = None if kind is None else kind.value
    return await DocumentType.page(
        root.snapshot.key, root.loaders, kind=only, first=first, after=after
    )


@object_type
class DocumentQuery:
    """Queries of documents."""

    @field
    @shareable
    async def document(self, info: Info, id: Id, as_of: PastState = None) -> DocumentType | None:
        """The document with this id."""
        return await DocumentType.find(parse_id(id), await loaders_at(info.context, as_of))

    @field
    @shareable
    async def documents(
        self,
        info: Info,
        kind: KindOfDocument = None,
        first: First = 20,
        after: After = None,
        as_of: PastState = None,
    ) -> Connection[DocumentType] | None:
        """All documents, of one kind or all."""
        loaders = await loaders_at(info.context, as_of)
        only = None if kind is None else kind.value
        return await DocumentType.page(None, loaders, kind=only, first=first, after=after)


DOCUMENT_SCHEMA = SchemaPart(
    nodes=(DocumentType,),
    enums=(DocumentKind,),
    queries=(DocumentQuery,),
    mutations=(
        Mutation(commands.PublishDocument, "DocumentPublished", DocumentType, versioned=False),
        Mutation(commands.RecordMissingDocument, "DocumentMissed", DocumentType, versioned=False),
        Mutation(commands.ReviseDocument, "DocumentRevised", DocumentType),
        Mutation(commands.ForwardDocument, "DocumentForwarded", DocumentType),
    ),
    extends={
        "Cycle": {"documents": documents_of},
        "Group": {"documents": documents_of},
        "GroupReport": {"document": document_of_report},
        "Policy": {"document": document_of_rule},
        "Rule": {"document": document_of_rule},
        "Source": {"documents": documents_of},
        "SupersededRule": {"document": document_of_rule},
    },
)
