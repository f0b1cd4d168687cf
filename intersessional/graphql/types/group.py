"""Groups in the API."""

from collections.abc import AsyncGenerator, Sequence
from typing import ClassVar

from intersessional.domain.group import commands
from intersessional.domain.group.facilitation import FACILITATORS_MAX
from intersessional.domain.group.proposed_group import PROPOSED_BY_MAX
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.proposal.merger import MERGED_MAX
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.reasons.decision_reasons import group_reasons
from intersessional.graphql.relay.connection import (
    FIRST_MAX,
    After,
    Connection,
    First,
    parse_first,
)
from intersessional.graphql.relay.document_connection import document_connection
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.relay.reason import Reason
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import AfterPosition, Id, PastState, Year
from intersessional.graphql.roots.change import Change, watch
from intersessional.graphql.schema.decorators import field, object_type, subscription
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.facilitator import FacilitatorType, FirstFacilitators
from intersessional.graphql.types.group_account import DraftingTeamType, GroupReportType
from intersessional.graphql.types.group_kind import GroupKindType, KindOfGroup, checked_kind
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.body import BodyType, body_of
from intersessional.graphql.values.comment_count import (
    AfterValue,
    CommentCount,
    Dimension,
    comment_counts,
)
from intersessional.graphql.values.group_name import GroupNameType
from intersessional.projections.group_names import GROUP_NAMES
from intersessional.projections.group_reports import GROUP_REPORTS
from intersessional.projections.group_states import GroupState
from intersessional.projections.groups import (
    FACILITATED,
    GROUPS,
    GroupDocument,
)
from intersessional.projections.kernel.view import AnyView, ListKey


@object_type
class GroupType(DocumentNode[GroupDocument]):
    """An intersessional group, such as a Best Practice Forum."""

    view: ClassVar[AnyView] = GROUPS

    @field
    async def name(self) -> str | None:
        """The latest name."""
        return await self.loaders.text(self.document.name)

    @field
    async def names(
        self, first: First = 20, after: After = None
    ) -> Connection[GroupNameType] | None:
        """All the names that it has had, in the order in which they were recorded."""
        return await document_connection(
            GROUP_NAMES,
            ListKey(self.snapshot.key),
            self.loaders,
            first=first,
            after=after,
            item=GroupNameType.from_snapshot,
        )

    @field
    async def kind(self) -> GroupKindType | None:
        """The kind of group."""
        return await GroupKindType.with_key(self.document.kind, self.loaders)

    @field
    def state(self) -> GroupState:
        """Its state."""
        return self.document.state

    @field
    async def decision(self) -> DecisionType | None:
        """The decision that established it; null when none is known."""
        return await DecisionType.find(self.document.decision_id, self.loaders)

    @field
    async def proposal(self) -> ProposalType | None:
        """The proposal it was established from; null when there was none."""
        return await ProposalType.find(self.document.proposal_id, self.loaders)

    @field
    @at_most(MERGED_MAX)
    async def merged_from(self) -> list[ProposalType]:
        """The proposals that were merged into its own."""
        proposal = await ProposalType.find(self.document.proposal_id, self.loaders)
        return [] if proposal is None else await proposal.merged_from()

    @field
    @at_most(FACILITATORS_MAX)
    def facilitators(self, first: FirstFacilitators = FACILITATORS_MAX) -> list[FacilitatorType]:
        """The facilitators, all of them by default."""
        parse_first(first, size_max=FACILITATORS_MAX)
        facilitators = self.document.facilitators[:first]
        return [FacilitatorType(value=one, loaders=self.loaders) for one in facilitators]

    @field
    async def remit(self) -> str | None:
        """What it was proposed to do; null when no proposal is known, or it says nothing."""
        return await self.loaders.text(self.document.remit)

    @field
    @at_most(PROPOSED_BY_MAX)
    async def proposed_by(self) -> list[ParticipantType]:
        """Those who proposed it without a written proposal; nobody where no source names them."""
        return await ParticipantType.find_all(self.document.proposed_by, self.loaders)

    @field
    async def proposal_meeting(self) -> MeetingType | None:
        """The meeting at which it was proposed without a written proposal."""
        return await MeetingType.find(self.document.proposed_at, self.loaders)

    @field
    def drafting_team(self) -> DraftingTeamType | None:
        """Its drafting team; null while it has formed none."""
        team = self.document.drafting_team
        return None if team is None else DraftingTeamType(value=team, loaders=self.loaders)

    @field
    async def reports(
        self, first: First = 20, after: After = None
    ) -> Connection[GroupReportType] | None:
        """Its reports, in the order in which they were recorded."""
        return await document_connection(
            GROUP_REPORTS,
            ListKey(self.snapshot.key),
            self.loaders,
            first=first,
            after=after,
            item=GroupReportType.from_snapshot,
        )

    @field
    def absorbed_by(self) -> BodyType | None:
        """The body that took over its work when it was dissolved."""
        return body_of(self.document.absorbed_by, self.loaders)

    @field
    async def meetings(
        self, first: First = 20, after: After = None
    ) -> Connection[MeetingType] | None:
        """The meetings that it called."""
        return await MeetingType.page(self.snapshot.key, self.loaders, first=first, after=after)

    @field
    async def drafts(self, first: First = 20, after: After = None) -> Connection[DraftType] | None:
        """Its draft outputs."""
        return await DraftType.page(self.snapshot.key, self.loaders, first=first, after=after)

    @field
    async def comment_counts(
        self, dimension: Dimension, first: First = FIRST_MAX, after: AfterValue = None
    ) -> list[CommentCount]:
        """The number of comments on its drafts by stakeholder group, region, channel or day."""
        return await comment_counts(
            self.snapshot.key, dimension, self.loaders, first=first, after=after
        )

    async def reasons(self) -> Sequence[Reason]:
        """The decision that established it, and the proposal that asked for it."""
        return group_reasons(self.document)


async def groups_of_facilitator(
    root: ParticipantType, first: First = 20, after: After = None
) -> Connection[GroupType] | None:
    """The groups that the participant facilitates."""
    return await GroupType.page(
        root.snapshot.key, root.loaders, kind=FACILITATED, first=first, after=after
    )


async def group_of_draft(root: DraftType) -> GroupType | None:
    """The group whose output it is."""
    return await GroupType.find(root.document.group_id, root.loaders)


async def group_of_meeting(root: MeetingType) -> GroupType | None:
    """The group that meets; null for a meeting of the MAG."""
    return await GroupType.find(root.document.group_id, root.loaders)


async def group_of_proposal(root: ProposalType) -> GroupType | None:
    """The group that was established from it."""
    return await GroupType.find(root.document.group_id, root.loaders)


@object_type
class GroupQuery:
    """Queries of groups."""

    @field
    @shareable
    async def group(self, info: Info, id: Id, as_of: PastState = None) -> GroupType | None:
        """The group with this id."""
        return await GroupType.find(parse_id(id), await loaders_at(info.context, as_of))

    @field
    @shareable
    async def groups(
        self,
        info: Info,
        kind: KindOfGroup = None,
        first: First = 20,
        after: After = None,
        as_of: PastState = None,
    ) -> Connection[GroupType] | None:
        """All groups, in the cycles and outside them, of one kind or all."""
        loaders = await loaders_at(info.context, as_of)
        kind = await checked_kind(kind, loaders)
        return await GroupType.page(None, loaders, kind=kind, first=first, after=after)


@object_type
class GroupSubscription:
    """Subscriptions to groups."""

    @subscription
    @shareable
    async def group_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[GroupType], None]:
        """Changes of the groups of a cycle."""
        async for change in watch(info, GroupType, after, ListKey(cycle_id(year))):
            yield change


GROUP_SCHEMA = SchemaPart(
    nodes=(GroupType,),
    enums=(GroupState,),
    queries=(GroupQuery,),
    mutations=(
        Mutation(commands.AppointFacilitator, "FacilitatorAppointed", GroupType),
        Mutation(commands.ReleaseFacilitator, "FacilitatorReleased", GroupType),
        Mutation(commands.RenameGroup, "GroupRenamed", GroupType),
        Mutation(commands.SuspendGroup, "GroupSuspended", GroupType),
        Mutation(commands.ResumeGroup, "GroupResumed", GroupType),
        Mutation(commands.ConcludeGroup, "GroupConcluded", GroupType),
    ),
    subscriptions=(GroupSubscription,),
    extends={
        "Draft": {"group": group_of_draft},
        "Meeting": {"group": group_of_meeting},
        "Participant": {"facilitates": groups_of_facilitator},
        "Proposal": {"group": group_of_proposal},
    },
)
