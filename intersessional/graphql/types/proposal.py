"""Proposals in the API."""

from collections.abc import AsyncGenerator
from typing import ClassVar

from intersessional.domain.kernel.ids import cycle_id, theme_id
from intersessional.domain.proposal import commands
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import AfterPosition, Id, PastState, Year
from intersessional.graphql.roots.change import Change, listed_under, watch
from intersessional.graphql.schema.decorators import field, object_type, subscription
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.group_kind import GroupKindType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.theme import ThemeType
from intersessional.graphql.values.written_proposal import WrittenProposalType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.proposals import PROPOSALS, ProposalDocument
from intersessional.projections.themes import THEMES


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
    def is_new(self) -> bool:
        """Whether its group did not exist in the year before."""
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
    async def presented_at(self) -> list[MeetingType]:
        """The meetings at which it was presented."""
        return await MeetingType.find_all(self.document.presented_at, self.loaders)

    @field
    def revision(self) -> int:
        """The number of its last written revision; 0 while it is only mooted."""
        return self.document.revision

    @field
    def late(self) -> bool:
        """Whether its last revision was submitted after the deadline for proposals."""
        return self.document.late

    @field
    def written(self) -> WrittenProposalType | None:
        """Its last written revision; null while it is only mooted."""
        document = self.document
        if document.written is None or document.template_version is None:
            return None
        return WrittenProposalType(
            value=document.written,
            loaders=self.loaders,
            template_version=document.template_version,
            words=document.words or 0,
        )

    @field
    async def decision(self) -> DecisionType | None:
        """The latest decision about it."""
        return await DecisionType.find(self.document.decision_id, self.loaders)

    @field
    async def merged_from(self) -> list["ProposalType"]:
        """The proposals that were merged into it."""
        return await ProposalType.find_all(self.document.merged_from, self.loaders)

    @field
    async def merged_into(self) -> "ProposalType | None":
        """The proposal that it was merged into."""
        return await ProposalType.find(self.document.merged_into, self.loaders)

    @field
    def redirected_to(self) -> RedirectTarget | None:
        """The format that it was redirected to."""
        return self.document.redirected_to


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
        async for change in watch(info, ProposalType, after, listed_under(cycle_id(year))):
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
        Mutation(commands.WithdrawProposal, "ProposalWithdrawn", ProposalType),
    ),
    subscriptions=(ProposalSubscription,),
)
