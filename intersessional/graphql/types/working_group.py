"""Groups in a cycle, in the API: the board of the working groups (DOMAIN rows 15, 17)."""

from functools import partial
from typing import Annotated
from uuid import UUID

import strawberry

from intersessional.domain.group import commands
from intersessional.domain.group.wish import GroupWish
from intersessional.domain.kernel.body import BodyKind
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First, parse_first
from intersessional.graphql.relay.document_connection import document_connection
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.cycle import CYCLES_MAX, CycleType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.group_account import GroupReportType, StatedWishType
from intersessional.graphql.values.body import BodyType
from intersessional.projections.group_reports import GROUP_REPORTS
from intersessional.projections.group_years import GroupStateInCycle, year_of
from intersessional.projections.groups import BOARD, GROUPS, GroupDocument
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import ListKey


@object_type
class GroupInCycleType:
    """A group in a cycle: what it wishes, how it stands, and its last report."""

    snapshot: strawberry.Private[DocumentSnapshot[GroupDocument]]
    loaders: strawberry.Private[Loaders]
    cycle_id: strawberry.Private[UUID]

    @field
    def group(self) -> GroupType:
        """The group."""
        return GroupType.from_snapshot(self.snapshot, self.loaders)

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle."""
        return await CycleType.find(self.cycle_id, self.loaders)

    @field
    def state(self) -> GroupStateInCycle:
        """Its state in the cycle."""
        return self.snapshot.document.state_in(self.cycle_id)

    @field
    def wish(self) -> StatedWishType | None:
        """What it wishes for the cycle; null when nothing is on record."""
        year = year_of(self.snapshot.document.years, self.cycle_id)
        if year is None or year.wish is None:
            return None
        return StatedWishType(value=year.wish, loaders=self.loaders)

    @field
    async def last_report(self) -> GroupReportType | None:
        """Its last report in the cycle; null when none is on record."""
        year = year_of(self.snapshot.document.years, self.cycle_id)
        if year is None or year.last_report is None:
            return None
        found = await self.loaders.get(GROUP_REPORTS, year.last_report)
        return None if found is None else GroupReportType.from_snapshot(found, self.loaders)


async def working_groups_of_cycle(
    root: CycleType, first: First = 20, after: After = None
) -> Connection[GroupInCycleType] | None:
    """The working groups that were proposed for the cycle, wished for it or belong to it."""

    def in_cycle(snapshot: DocumentSnapshot[GroupDocument], loaders: Loaders) -> GroupInCycleType:
        return GroupInCycleType(snapshot=snapshot, loaders=loaders, cycle_id=root.snapshot.key)

    return await document_connection(
        GROUPS,
        ListKey(root.snapshot.key, BOARD),
        root.loaders,
        first=first,
        after=after,
        item=in_cycle,
    )


FirstYears = Annotated[
    int, strawberry.argument(description=f"The number of cycles, from 1 to {CYCLES_MAX}.")
]


@at_most(CYCLES_MAX)
async def years_of_group(root: GroupType, first: FirstYears = CYCLES_MAX) -> list[GroupInCycleType]:
    """What it wished and reported, cycle by cycle, as it was recorded."""
    parse_first(first, size_max=CYCLES_MAX)
    in_cycle = partial(GroupInCycleType, snapshot=root.snapshot, loaders=root.loaders)
    return [in_cycle(cycle_id=year.cycle_id) for year in root.document.years[:first]]


async def group_of_body(root: BodyType) -> GroupType | None:
    """The group; null for a body that is none."""
    return await GroupType.find(root.value.group_id, root.loaders)


WORKING_GROUP_SCHEMA = SchemaPart(
    enums=(BodyKind, GroupStateInCycle, GroupWish),
    mutations=(
        Mutation(commands.ProposeGroup, "GroupProposed", GroupType, versioned=False),
        Mutation(commands.StateGroupWish, "GroupWishStated", GroupType),
        Mutation(commands.FormDraftingTeam, "DraftingTeamFormed", GroupType),
        Mutation(commands.RecordGroupReport, "GroupReported", GroupType),
        Mutation(commands.DissolveGroup, "GroupDissolved", GroupType),
    ),
    extends={
        "Body": {"group": group_of_body},
        "Cycle": {"working_groups": working_groups_of_cycle},
        "Group": {"years": years_of_group},
    },
)
