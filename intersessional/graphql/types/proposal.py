"""Proposals in the API."""

from collections.abc import AsyncGenerator, Sequence
from typing import ClassVar

import strawberry

from intersessional.domain.kernel.ids import cycle_id, theme_id
from intersessional.domain.proposal import commands
from intersessional.domain.proposal.addition import CONSENTS_MAX, PRESENTATIONS_MAX
from intersessional.domain.proposal.division import SPLIT_MAX
from intersessional.domain.proposal.merger import MERGED_MAX
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.reasons.decision_reasons import proposal_reasons
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode, Node
from intersessional.graphql.relay.node_lookup import find_node
from intersessional.graphql.relay.reason import Reason
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import AfterPosition, Id, PastState, Year
from intersessional.graphql.roots.change import Change, watch
from intersessional.graphql.schema.decorators import field, object_type, subscription
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.group_kind import GroupKindType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.types.theme import ThemeType
from intersessional.graphql.values.proposal_deadline import find_deadline
from intersessional.graphql.values.written_proposal import WrittenProposalType
from intersessional.projections.kernel.view import AnyView, ListKey
from intersessional.projections.proposals import (
    PROPOSALS,
    ConsentDocument,
    PresentationDocument,
    ProposalDocument,
)
from intersessional.projections.themes import THEMES

PROPOSERS_MAX = 100
"""Proposers of a proposal, with those of the proposals that were merged into it."""


@object_type
class YearOfThemeType:
    """The year of work on the theme that a proposal is for; 1 is the first."""

    reported: int | None
    """The year according to its source."""
    computed: int | None
    """The year according to the history of the theme; null without a theme."""
    differ: bool
    """Whether both years are given and differ."""


@object_type
class PresentationType:
    """A presentation of a proposal at a meeting."""

    value: strawberry.Private[PresentationDocument]
    loaders: strawberry.Private[Loaders]

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting."""
        return await MeetingType.find(self.value.meeting_id, self.loaders)

    @field
    async def presenter(self) -> ParticipantType | None:
        """Who presented it, where a source says so."""
        return await ParticipantType.find(self.value.presenter_id, self.loaders)


@object_type
class ConsentType:
    """A proposer's consent that another member writes and revises the proposal."""

    value: strawberry.Private[ConsentDocument]
    loaders: strawberry.Private[Loaders]

    @field
    async def proposer(self) -> ParticipantType | None:
        """The proposer who consented."""
        return await ParticipantType.find(self.value.proposer_id, self.loaders)

    @field
    async def member(self) -> ParticipantType | None:
        """The member who may write and revise it."""
        return await ParticipantType.find(self.value.member_id, self.loaders)

    @field
    async def source(self) -> str | None:
        """Where the consent was given, if the Secretariat recorded it."""
        return await self.loaders.text(self.value.source)


@object_type
class ProposalType(DocumentNode[ProposalDocument]):
    """A proposal for a group of a cycle."""

    view: ClassVar[AnyView] = PROPOSALS

    @field
    async def title(self) -> str | None:
        """The title."""
        return await self.loaders.text(self.document.title)

    @field
    def state(self) -> ProposalState:
        """Its state."""
        return self.document.state

    @field
    async def group_kind(self) -> GroupKindType | None:
        """The kind of group it is for."""
        return await GroupKindType.with_key(self.document.group_kind, self.loaders)

    @field
    def is_new(self) -> bool | None:
        """Whether its group did not exist in the year before; null when no source says it."""
        return self.document.is_new

    @field
    def phase(self) -> int | None:
        """The phase of a continuing initiative; 1 is the first."""
        return self.document.phase

    @field
    async def theme(self) -> ThemeType | None:
        """The theme that it continues; null when it names none."""
        theme = self.document.theme
        return None if theme is None else await ThemeType.find(theme_id(theme), self.loaders)

    @field
    async def year_of_theme(self) -> YearOfThemeType:
        """The year of work on its theme, as reported and as computed."""
        reported, computed = self.document.year_reported, None
        if self.document.theme is not None:
            theme = await self.loaders.get(THEMES, theme_id(self.document.theme))
            computed = 1 if theme is None else theme.document.nth(self.document.year)
        differ = None not in (reported, computed) and reported != computed
        return YearOfThemeType(reported=reported, computed=computed, differ=differ)

    @field
    @at_most(PROPOSERS_MAX)
    async def proposers(self) -> list[ParticipantType]:
        """Those who put it forward; nobody where no source names them."""
        return await ParticipantType.find_all(self.document.proposers, self.loaders)

    @field
    @at_most(CONSENTS_MAX)
    def consents(self) -> list[ConsentType]:
        """The consents of its proposers that another member writes and revises it."""
        return [ConsentType(value=one, loaders=self.loaders) for one in self.document.consents]

    @field
    @at_most(PRESENTATIONS_MAX)
    def presentations(self) -> list[PresentationType]:
        """The meetings at which it was presented, and by whom."""
        return [
            PresentationType(value=one, loaders=self.loaders) for one in self.document.presentations
        ]

    @field
    def revision(self) -> int:
        """The number of its last written revision; 0 while it is only mooted."""
        return self.document.revision

    @field
    async def late(self) -> bool | None:
        """Whether its last revision came after the deadline in force at its own time.

        Null when none is on record, and while it is only mooted.
        """
        written = self.document.written
        if written is None:
            return None
        deadline = await find_deadline(self.document.cycle_id, written.occurred, self.loaders)
        return None if deadline is None else deadline.is_past_at(written.occurred)

    @field
    def written(self) -> WrittenProposalType | None:
        """Its last written revision; null while it is only mooted."""
        written = self.document.written
        return None if written is None else WrittenProposalType(value=written, loaders=self.loaders)

    @field
    async def decision(self) -> DecisionType | None:
        """The latest decision about it."""
        return await DecisionType.find(self.document.decision_id, self.loaders)

    @field
    @at_most(MERGED_MAX)
    async def merged_from(self) -> list["ProposalType"]:
        """The proposals that were merged into it."""
        return await ProposalType.find_all(self.document.merged_from, self.loaders)

    @field
    async def merged_into(self) -> "ProposalType | None":
        """The proposal that it was merged into."""
        return await ProposalType.find(self.document.merged_into, self.loaders)

    @field
    async def split_from(self) -> "ProposalType | None":
        """The proposal that it was split from."""
        return await ProposalType.find(self.document.split_from, self.loaders)

    @field
    @at_most(SPLIT_MAX)
    async def split_into(self) -> list["ProposalType"]:
        """The proposals that it was split into."""
        return await ProposalType.find_all(self.document.split_into, self.loaders)

    @field
    def proposers_agreed(self) -> bool | None:
        """Whether its proposers agreed to the merger; null when it was not merged, or unknown."""
        return self.document.proposers_agreed

    @field
    def redirected_to(self) -> RedirectTarget | None:
        """The format that it was redirected to."""
        return self.document.redirected_to

    @field
    def redirected_body_id(self) -> strawberry.ID | None:
        """The body that it was redirected to, by its id: see `node`."""
        id = self.document.redirected_body_id
        return None if id is None else strawberry.ID(str(id))

    @field
    @shareable
    async def redirected_body(self, info: Info) -> Node | None:
        """The body that it was redirected to; null when the record does not have it as a node."""
        id = self.document.redirected_body_id
        return None if id is None else await find_node(id, self.loaders, info)

    @field
    async def redirected_body_name(self) -> str | None:
        """The name of the body that it was redirected to, where a source names one."""
        return await self.loaders.text(self.document.redirected_body_name)

    async def reasons(self) -> Sequence[Reason]:
        """The proposals that it was merged from, and the decision on it."""
        return proposal_reasons(self.document)


@object_type
class ProposalQuery:
    """Queries of proposals."""

    @field
    @shareable
    async def proposal(self, info: Info, id: Id, as_of: PastState = None) -> ProposalType | None:
        """The proposal with this id."""
        return await ProposalType.find(parse_id(id), await loaders_at(info.context, as_of))


@object_type
class ProposalSubscription:
    """Subscriptions to proposals."""

    @subscription
    @shareable
    async def proposal_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[ProposalType], None]:
        """Changes of the proposals of a cycle."""
        async for change in watch(info, ProposalType, after, ListKey(cycle_id(year))):
            yield change


PROPOSAL_SCHEMA = SchemaPart(
    nodes=(ProposalType,),
    enums=(
        ProposalState,
        RedirectTarget,
    ),
    queries=(ProposalQuery,),
    mutations=(
        Mutation(commands.MootProposal, "ProposalMooted", ProposalType, versioned=False),
        Mutation(commands.SubmitProposal, "ProposalSubmitted", ProposalType),
        Mutation(commands.ReviseProposal, "ProposalRevised", ProposalType),
        Mutation(commands.PresentProposal, "ProposalPresented", ProposalType),
        Mutation(commands.GiveTheme, "ThemeGiven", ProposalType),
        Mutation(commands.ConsentToRevision, "ConsentGiven", ProposalType),
        Mutation(commands.SplitProposal, "ProposalSplit", ProposalType),
        Mutation(commands.WithdrawProposal, "ProposalWithdrawn", ProposalType),
    ),
    subscriptions=(ProposalSubscription,),
)
