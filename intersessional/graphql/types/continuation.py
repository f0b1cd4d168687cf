"""Continuation reports and carried-forward work in the API (DOMAIN rows 7, 29, 32)."""

from typing import ClassVar

import strawberry

from intersessional.domain.carry_forward.commands import DeclareCarryForward
from intersessional.domain.continuation_report import commands
from intersessional.domain.continuation_report.continuation_areas import AREAS_MAX
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.group_kind.group_kind_rules import BEST_PRACTICE_FORUM
from intersessional.domain.kernel.ids import carry_forward_id, continuation_report_id, cycle_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.document_connection import document_connection
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.carry_forwards import CARRY_FORWARDS, CarryForwardDocument
from intersessional.projections.continuation_reports import (
    CONTINUATION_REPORTS,
    ContinuationReportDocument,
    ContinuationState,
)
from intersessional.projections.group_states import GroupState
from intersessional.projections.groups import GROUPS, GroupDocument
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import AnyView, ListKey


@object_type
class ContinuationReportType(DocumentNode[ContinuationReportDocument]):
    """The report of a group of the previous cycle on going on, or the recorded lack of it."""

    view: ClassVar[AnyView] = CONTINUATION_REPORTS

    @field
    def state(self) -> ContinuationState:
        """Whether it was given and considered."""
        return self.document.state

    @field
    async def group(self) -> GroupType | None:
        """The group of the previous cycle."""
        return await GroupType.find(self.document.group_id, self.loaders)

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle that the report is for."""
        return await CycleType.find(self.document.cycle_id, self.loaders)

    @field
    def wish(self) -> ContinuationWish | None:
        """Whether the group wishes to go on; null where there is no report."""
        return self.document.wish

    @field
    @at_most(AREAS_MAX)
    async def areas(self) -> list[str]:
        """The new areas of work that it names, without those that were erased."""
        texts = [await self.loaders.text(area) for area in self.document.areas]
        return [text for text in texts if text is not None]

    @field
    async def report(self) -> str | None:
        """The report in words."""
        return await self.loaders.text(self.document.report)

    @field
    async def report_status(self) -> TextStatus | None:
        """Whether the words are given; if not, why. Null where there is no report."""
        if self.document.given is None:
            return None
        return await text_status(
            self.document.report, historical=self.document.is_historical, loaders=self.loaders
        )

    @field
    def given(self) -> OccurredType | None:
        """When it was given."""
        given = self.document.given
        return None if given is None else OccurredType(value=given)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting of the MAG at which it was given; null where at none, or unknown."""
        return await MeetingType.find(self.document.given_at, self.loaders)

    @field
    def considered(self) -> OccurredType | None:
        """When the MAG considered it."""
        considered = self.document.considered
        return None if considered is None else OccurredType(value=considered)

    @field
    async def considering_meeting(self) -> MeetingType | None:
        """The meeting of the MAG that considered it."""
        return await MeetingType.find(self.document.considered_at, self.loaders)

    @field
    async def reason(self) -> str | None:
        """Why there is no report; null where one was given, or nobody says why."""
        return await self.loaders.text(self.document.reason)


@object_type
class CarryForwardType(DocumentNode[CarryForwardDocument]):
    """What a group declares at the end of a cycle on carrying its work forward."""

    view: ClassVar[AnyView] = CARRY_FORWARDS

    @field
    async def group(self) -> GroupType | None:
        """The group."""
        return await GroupType.find(self.document.group_id, self.loaders)

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle whose work it is."""
        return await CycleType.find(self.document.cycle_id, self.loaders)

    @field
    def wish(self) -> ContinuationWish:
        """Whether the work is to go on."""
        return self.document.segment.wish

    @field
    @at_most(AREAS_MAX)
    async def areas(self) -> list[str]:
        """The new areas of work that it names, without those that were erased."""
        texts = [await self.loaders.text(area) for area in self.document.segment.areas]
        return [text for text in texts if text is not None]

    @field
    async def consultation(self) -> str | None:
        """How the group consulted on it."""
        return await self.loaders.text(self.document.segment.consultation)

    @field
    async def draft(self) -> DraftType | None:
        """The output that has the segment; null where none is named."""
        return await DraftType.find(self.document.segment.draft_id, self.loaders)

    @field
    def declared(self) -> OccurredType:
        """When it was declared."""
        return OccurredType(value=self.document.declared)


@object_type
class ContinuationType:
    """A Best Practice Forum of the previous cycle, and whether it has reported on going on."""

    snapshot: strawberry.Private[DocumentSnapshot[GroupDocument]]
    loaders: strawberry.Private[Loaders]
    year: strawberry.Private[int]

    @field
    def group(self) -> GroupType:
        """The group of the previous cycle."""
        return GroupType.from_snapshot(self.snapshot, self.loaders)

    @field
    async def state(self) -> ContinuationState:
        """Whether it has reported, or still owes its report."""
        found = await self._report()
        if found is not None:
            return found.document.state
        historical = await is_historical(self.year, self.loaders)
        return ContinuationState.NOT_ON_RECORD if historical else ContinuationState.OWED

    @field
    async def report(self) -> ContinuationReportType | None:
        """Its report, or the recorded lack of it; null while nothing of it is on record."""
        return await self._report()

    @field
    async def carry_forward(self) -> CarryForwardType | None:
        """What it declared at the end of the previous cycle; null where nothing is on record."""
        id = carry_forward_id(self.snapshot.key, self.year - 1)
        return await CarryForwardType.find(id, self.loaders)

    async def _report(self) -> ContinuationReportType | None:
        id = continuation_report_id(self.snapshot.key, self.year)
        return await ContinuationReportType.find(id, self.loaders)


async def is_historical(year: int, loaders: Loaders) -> bool:
    """Whether sources tell which forums a cycle had, and no decision on them is on record."""
    forums = ListKey(cycle_id(year), BEST_PRACTICE_FORUM)
    page = await loaders.page(GROUPS, forums, first=1)
    return any(one.document.decision_id is None for one in page.items)


async def continuation_reports_of_cycle(
    root: CycleType, first: First = 20, after: After = None
) -> Connection[ContinuationType] | None:
    """Every Best Practice Forum of the previous cycle, and whether it owes its report."""
    year = root.document.year

    def of_group(snapshot: DocumentSnapshot[GroupDocument], loaders: Loaders) -> ContinuationType:
        return ContinuationType(snapshot=snapshot, loaders=loaders, year=year)

    return await document_connection(
        GROUPS,
        ListKey(cycle_id(year - 1), BEST_PRACTICE_FORUM),
        root.loaders,
        first=first,
        after=after,
        item=of_group,
    )


async def continuation_reports_of_group(
    root: GroupType, first: First = 20, after: After = None
) -> Connection[ContinuationReportType] | None:
    """Its reports on going on in the next cycle."""
    return await ContinuationReportType.page(
        root.snapshot.key, root.loaders, first=first, after=after
    )


async def carry_forwards_of_group(
    root: GroupType, first: First = 20, after: After = None
) -> Connection[CarryForwardType] | None:
    """What it declared at the end of its cycles on carrying its work forward."""
    return await CarryForwardType.page(root.snapshot.key, root.loaders, first=first, after=after)


async def owes_carry_forward(root: GroupType) -> bool:
    """Whether it held its session at the annual meeting and has not declared yet whether its work
    is carried forward. It reports on the soft rule `CARRY_FORWARD_GIVEN`.
    """
    group = root.document
    presented = group.state in (GroupState.PRESENTED, GroupState.REVISING)
    if not presented or group.year is None:
        return False
    id = carry_forward_id(root.snapshot.key, group.year)
    return await root.loaders.get(CARRY_FORWARDS, id) is None


CONTINUATION_SCHEMA = SchemaPart(
    nodes=(CarryForwardType, ContinuationReportType),
    enums=(ContinuationState, ContinuationWish),
    mutations=(
        Mutation(
            commands.ReportContinuation,
            "ContinuationReported",
            ContinuationReportType,
            versioned=False,
        ),
        Mutation(
            commands.ConsiderContinuationReport,
            "ContinuationReportConsidered",
            ContinuationReportType,
            versioned=False,
        ),
        Mutation(
            commands.RecordMissingContinuationReport,
            "MissingContinuationReportRecorded",
            ContinuationReportType,
            versioned=False,
        ),
        Mutation(DeclareCarryForward, "CarryForwardDeclared", CarryForwardType),
    ),
    extends={
        "Cycle": {"continuation_reports": continuation_reports_of_cycle},
        "Group": {
            "continuation_reports": continuation_reports_of_group,
            "carry_forwards": carry_forwards_of_group,
            "owes_carry_forward": owes_carry_forward,
        },
    },
)
