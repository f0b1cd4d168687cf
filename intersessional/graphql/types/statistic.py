"""Statistics in the API: what is claimed, what the record counts itself, and what changed."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, cast
from uuid import UUID

import strawberry

from intersessional.domain.kernel.ids import source_id
from intersessional.domain.statistic import commands
from intersessional.domain.statistic.dimension import KEYS_MAX, StatisticDimension
from intersessional.domain.statistic.rows import leaders_of, sum_of
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.document_page import DocumentPageArguments, ListOrder, Order
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode, Node
from intersessional.graphql.relay.node_lookup import find_node
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import BadRequest, Info
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.decorators import field, object_type, schema_name
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.source import SourceType
from intersessional.graphql.values.comment_count import count_comments
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.statistic_rows import (
    ComputedStatistic,
    StatisticChange,
    StatisticRowType,
    changes_between,
    computed_beside,
    rows_in_order,
)
from intersessional.projections.kernel.view import ANY_KIND, AnyView, ListKey
from intersessional.projections.statistics import STATISTICS, StatisticDocument

OfDimension = Annotated[
    StatisticDimension | None,
    strawberry.argument(description="Only statistics that count by this."),
]
ByDimension = Annotated[
    StatisticDimension, strawberry.argument(description="What the statistic counts by.")
]
EarlierId = Annotated[
    strawberry.ID, strawberry.argument(name="from", description="The one statistic, by its id.")
]
LaterId = Annotated[
    strawberry.ID, strawberry.argument(name="to", description="The other statistic, by its id.")
]


@object_type
class StatisticType(DocumentNode[StatisticDocument]):
    """A dated claim about numbers of something, by one dimension, as its source gives it."""

    view: ClassVar[AnyView] = STATISTICS

    @field
    @shareable
    async def about(self, info: Info) -> Node | None:
        """What it is about, such as a call, a cycle or a meeting."""
        return await find_node(self.document.about_id, self.loaders, info)

    @field
    def dimension(self) -> StatisticDimension:
        """What it counts by."""
        return self.document.dimension

    @field
    def as_of(self) -> OccurredType:
        """The time of which the numbers are."""
        return OccurredType(value=self.document.as_of)

    @field
    def reported(self) -> OccurredType:
        """When it was claimed; its first event has the sources."""
        return OccurredType(value=self.document.reported)

    @field
    async def source(self) -> SourceType | None:
        """The source that it was taken from live; null where whoever recorded it counted."""
        key = self.document.source
        loaders = self.loaders.regardless_of_time
        return None if key is None else await SourceType.find(source_id(key), loaders)

    @field
    @at_most(KEYS_MAX)
    def rows(self) -> list[StatisticRowType]:
        """One row for each key that the source names, in the order of the ranks."""
        return rows_in_order(self.document.rows)

    @field
    def is_ordinal(self) -> bool:
        """Whether the source gives an order without all the numbers."""
        return any(row.value is None for row in self.document.rows)

    @field
    def total(self) -> int | None:
        """The total that the source gives; null where it gives none."""
        return self.document.total

    @field
    def sum(self) -> int | None:
        """The sum of the numbers; null where a row has none, and for quantities."""
        return sum_of(self.document.rows) if self.document.dimension.adds_up else None

    @field
    def total_differs(self) -> bool:
        """Whether the source gives a total that is not the sum of its numbers."""
        added = sum_of(self.document.rows)
        return None not in (added, self.document.total) and added != self.document.total

    @field
    @at_most(KEYS_MAX)
    def leaders(self) -> list[str]:
        """The keys of the first rank: several whose numbers are equal, none of quantities."""
        return list(leaders_of(self.document.rows)) if self.document.dimension.adds_up else []

    @field
    @shareable
    async def computed(self, info: Info) -> ComputedStatistic | None:
        """What the record itself counts, as of the same time; null where it cannot count."""
        about = await find_node(self.document.about_id, self.loaders.regardless_of_time, info)
        counters = cast("ComposedSchema", info.schema).counters
        counter = None if about is None else counters.get(schema_name(type(about)))
        if counter is None:
            return None
        by_then = self.document.as_of.ends
        if self.loaders.as_of.occurred is not None:
            by_then = min(by_then, self.loaders.as_of.occurred)
        loaders = self.loaders.at(self.loaders.as_of.position, by_then)
        counts = await counter(self.document.about_id, self.document.dimension, loaders)
        if counts is None:
            return None
        return computed_beside(self.document.rows, self.document.total, counts)

    @field
    async def change(self) -> "StatisticDifference | None":
        """What changed since the statistic before it, of the same subject and dimension."""
        before = [
            one
            for one in await statistics_in_time(
                self.document.about_id, self.document.dimension, self.loaders
            )
            if one.order < self.order
        ]
        return StatisticDifference(earlier=before[-1], later=self) if before else None

    @property
    def order(self) -> tuple[object, ...]:
        """Its place in time: by what the numbers are of, then by when they were claimed."""
        document = self.document
        return document.as_of.effect, document.reported.effect, self.snapshot.cursor


@object_type
class StatisticDifference:
    """What changed between two statistics of one subject, by one dimension."""

    earlier: StatisticType
    """The earlier statistic."""
    later: StatisticType
    """The later statistic."""

    @field
    @at_most(KEYS_MAX)
    def rows(self) -> list[StatisticChange]:
        """What changed for each key, in the order of the later ranks."""
        return changes_between(self.earlier.document.rows, self.later.document.rows)

    @field
    def total_change(self) -> int | None:
        """The later total less the earlier one; null where one of them is not given."""
        earlier, later = self.earlier.document.total, self.later.document.total
        return None if earlier is None or later is None else later - earlier

    @field
    def leader_changed(self) -> bool:
        """Whether another key has the first rank."""
        if not self.later.document.dimension.adds_up:
            return False
        return leaders_of(self.earlier.document.rows) != leaders_of(self.later.document.rows)


async def statistics_in_time(
    about: UUID, dimension: StatisticDimension, loaders: Loaders
) -> Sequence[StatisticType]:
    """All statistics of a subject by a dimension, in the order of the times they are of."""
    every = every_document(loaders, STATISTICS, ListKey(about, dimension.value))
    found = [StatisticType.from_snapshot(one, loaders) async for one in every]
    return sorted(found, key=lambda one: one.order)


async def statistics_of(
    root: Node,
    dimension: OfDimension = None,
    first: First = 20,
    after: After = None,
    order: Order = ListOrder.OLDEST_FIRST,
) -> Connection[StatisticType] | None:
    """The statistics about it, by one dimension or all, in the order of recording."""
    arguments = DocumentPageArguments.parse(first=first, after=after, order=order)
    kind = ANY_KIND if dimension is None else dimension.value
    return await StatisticType.page_of(ListKey(root.snapshot.key, kind), root.loaders, arguments)


async def latest_statistic_of(root: Node, dimension: ByDimension) -> StatisticType | None:
    """The statistic of the latest time, by one dimension; null where there is none."""
    in_time = await statistics_in_time(root.snapshot.key, dimension, root.loaders)
    return in_time[-1] if in_time else None


@object_type
class StatisticQuery:
    """Queries of statistics."""

    @field
    @shareable
    async def statistic(self, info: Info, id: Id, as_of: PastState = None) -> StatisticType | None:
        """The statistic with this id."""
        return await StatisticType.find(parse_id(id), await loaders_at(info.context, as_of))

    @field
    @shareable
    async def statistic_difference(
        self, info: Info, earlier: EarlierId, later: LaterId, as_of: PastState = None
    ) -> StatisticDifference | None:
        """What changed between two statistics of one subject and dimension; null without both."""
        loaders = await loaders_at(info.context, as_of)
        found = await StatisticType.find_all([parse_id(earlier), parse_id(later)], loaders)
        if len(found) < 2:
            return None
        if len({(one.document.about_id, one.document.dimension) for one in found}) > 1:
            message = "Only two statistics of one subject and one dimension can be compared."
            raise BadRequest("NOT_COMPARABLE", message)
        return StatisticDifference(earlier=found[0], later=found[1])


_SUBJECTS = ("Call", "Cycle", "Draft", "Group", "Meeting")

STATISTIC_SCHEMA = SchemaPart(
    nodes=(StatisticType,),
    enums=(StatisticDimension,),
    queries=(StatisticQuery,),
    mutations=(
        Mutation(commands.ReportStatistic, "StatisticReported", StatisticType, versioned=False),
    ),
    extends={
        name: {"statistics": statistics_of, "statistic": latest_statistic_of} for name in _SUBJECTS
    },
    counters={"Draft": count_comments, "Group": count_comments},
)
