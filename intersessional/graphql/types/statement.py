"""Statements on proposals in the API."""

from collections.abc import Collection
from typing import Annotated, ClassVar
from uuid import UUID

import strawberry

from intersessional.domain.statement import commands
from intersessional.domain.statement.stance import Stance
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.document_connection import union_connection
from intersessional.graphql.relay.document_page import DocumentPageArguments
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
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.kernel.reader import ListUnion
from intersessional.projections.kernel.view import AnyView, ListKey
from intersessional.projections.statements import (
    BY_STANCE,
    SCOPE_CONCERNS,
    STATEMENTS,
    StatementDocument,
    statements_kind,
)

GENERATIONS_MAX = 3
"""Generations of proposals whose statements are listed with those of what became of them."""

OfRevision = Annotated[
    int | None,
    strawberry.argument(
        description="Only those on this revision of the proposal itself; 0 is the mooted one."
    ),
]


@object_type
class StatementType(DocumentNode[StatementDocument]):
    """What somebody stated on a revision of a proposal."""

    view: ClassVar[AnyView] = STATEMENTS

    @field
    async def proposal(self) -> ProposalType | None:
        """The proposal that it is about."""
        return await ProposalType.find(self.document.proposal_id, self.loaders)

    @field
    def revision(self) -> int:
        """The revision that it is about; 0 for a proposal that was mooted and not yet written."""
        return self.document.revision

    @field
    async def author(self) -> ParticipantType | None:
        """The author; null for somebody who is known by name only or not at all."""
        return await find_participant(self.document.person, self.loaders)

    @field
    async def author_name(self) -> str | None:
        """The author's name, as the source gives it or as their own; null after erasure."""
        if self.document.name is not None:
            return await self.loaders.text(self.document.name)
        person = await find_participant(self.document.person, self.loaders)
        return None if person is None else await self.loaders.text(person.document.display_name)

    @field
    def stance(self) -> Stance | None:
        """The stance that it takes; null where it takes none, or where that is not known."""
        return self.document.stance

    @field
    async def text(self) -> str | None:
        """The statement; null after erasure, and where no source has it."""
        return await self.loaders.text(self.document.text)

    @field
    async def text_status(self) -> TextStatus:
        """Whether the text is given; if not, why."""
        historical = self.document.historical
        return await text_status(self.document.text, historical=historical, loaders=self.loaders)

    @field
    def raises_scope_concern(self) -> bool:
        """Whether it says that the proposal is about new policies, and not existing practices."""
        return self.document.raises_scope_concern

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting at which it was made; null elsewhere, or where that is not known."""
        return await MeetingType.find(self.document.meeting_id, self.loaders)

    @field
    async def source(self) -> str | None:
        """Where it can be read."""
        return await self.loaders.text(self.document.source)

    @field
    def made(self) -> OccurredType:
        """When it was made."""
        return OccurredType(value=self.document.made)

    @field
    def withdrawn(self) -> OccurredType | None:
        """When it was withdrawn, and is counted no more; null while it stands."""
        at = self.document.withdrawn
        return None if at is None else OccurredType(value=at)

    @field
    async def withdrawal_reason(self) -> str | None:
        """The reason of its withdrawal; null where none was given, and after erasure."""
        return await self.loaders.text(self.document.withdrawal_reason)


@object_type
class StanceCount:
    """How many statements on a proposal take a stance."""

    stance: Stance
    """The stance."""
    count: int
    """The number of statements."""


async def statements_of(
    root: ProposalType, revision: OfRevision = None, first: First = 20, after: After = None
) -> Connection[StatementType] | None:
    """The statements on it, in the order of recording; on one revision, a thread.

    Without a revision, those on the proposals that it was made of are among them: each names the
    proposal and the revision that it is about.
    """
    key, loaders = root.snapshot.key, root.loaders
    arguments = DocumentPageArguments.parse(first=first, after=after)
    if revision is not None:
        kind = ListKey(key, statements_kind(revision))
        return await StatementType.page_of(kind, loaders, arguments)
    proposals = await _with_its_origins(root, loaders)
    return await union_connection(
        STATEMENTS,
        ListUnion(frozenset(ListKey(one) for one in proposals)),
        loaders,
        arguments,
        StatementType.from_snapshot,
    )


async def scope_concerns_of(
    root: ProposalType, first: First = 20, after: After = None
) -> Connection[StatementType] | None:
    """The statements which say that it is about new policies, and not existing practices."""
    return await StatementType.page(
        root.snapshot.key, root.loaders, kind=SCOPE_CONCERNS, first=first, after=after
    )


@at_most(len(Stance))
async def stance_counts(root: ProposalType) -> list[StanceCount]:
    """The numbers of statements on it that take each stance; a stance of nobody is left out."""
    counts = await root.loaders.counts(STATEMENTS, root.snapshot.key, BY_STANCE)
    found = [(one, counts.get(one.value, 0)) for one in Stance]
    return [StanceCount(stance=one, count=count) for one, count in found if count]


async def _with_its_origins(proposal: ProposalType, loaders: Loaders) -> Collection[UUID]:
    """The id of the proposal, and those of the proposals that it was made of."""
    found, generation = {proposal.snapshot.key}, [proposal]
    for _ in range(GENERATIONS_MAX):
        origins = ((*one.document.merged_from, one.document.split_from) for one in generation)
        earlier = {id for ids in origins for id in ids if id is not None} - found
        if not earlier:
            break
        found |= earlier
        generation = await ProposalType.find_all(earlier, loaders)
    return found


@object_type
class StatementQuery:
    """Queries of statements."""

    @field
    @shareable
    async def statement(self, info: Info, id: Id, as_of: PastState = None) -> StatementType | None:
        """The statement with this id."""
        return await StatementType.find(parse_id(id), await loaders_at(info.context, as_of))


STATEMENT_SCHEMA = SchemaPart(
    nodes=(StatementType,),
    enums=(Stance,),
    queries=(StatementQuery,),
    mutations=(
        Mutation(commands.RecordStatement, "StatementRecorded", StatementType, versioned=False),
        Mutation(commands.WithdrawStatement, "StatementWithdrawn", StatementType),
    ),
    extends={
        "Proposal": {
            "statements": statements_of,
            "scope_concerns": scope_concerns_of,
            "stance_counts": stance_counts,
        }
    },
)
