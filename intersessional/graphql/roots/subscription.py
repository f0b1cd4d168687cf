"""What can be watched: every event after a position, once and in order, and then live."""

from collections.abc import AsyncGenerator, Callable
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import strawberry

from intersessional.domain.kernel.ids import cycle_id
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.context import Info
from intersessional.graphql.schema.decorators import object_type, subscription
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType
from intersessional.graphql.types.comment import CommentType
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.proposal import ProposalType
from intersessional.projections.kernel.as_of import AsOf

N = TypeVar("N", bound=Node)

AfterPosition = Annotated[
    Position | None,
    strawberry.argument(
        description="The position to go on after: first what was missed, then live. "
        "Without it, only what is to come."
    ),
]
Year = Annotated[int, strawberry.argument(description="The year of the cycle.")]
GroupId = Annotated[strawberry.ID, strawberry.argument(description="The group, by its id.")]
DraftId = Annotated[strawberry.ID, strawberry.argument(description="The draft, by its id.")]


@object_type
class Change(Generic[N]):
    """Something happened to a node."""

    position: Position
    """The position to go on after."""
    event: AuditEntryType
    """What happened."""
    node: N
    """How the node stood right after."""


def position_of(yielded: Any) -> int:
    """The position of what a subscription yields: a change, or an entry of the audit trail."""
    if isinstance(yielded, AuditEntryType):
        return yielded.recorded.position
    return int(yielded.position)


@object_type
class Subscription:
    """What can be watched."""

    @subscription
    @shareable
    async def audit_trail(
        self, info: Info, after: AfterPosition = None
    ) -> AsyncGenerator[AuditEntryType, None]:
        """Every event of the record."""
        context = info.context
        async for recorded in context.follow(after):
            loaders = context.look(AsOf(recorded.position))
            yield AuditEntryType(recorded=recorded, loaders=loaders)

    @subscription
    @shareable
    async def cycle_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[CycleType], None]:
        """What happens to a cycle."""
        cycle = cycle_id(year)
        async for change in watch(info, CycleType, after, lambda node: node.snapshot.key == cycle):
            yield change

    @subscription
    @shareable
    async def proposal_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[ProposalType], None]:
        """What happens to a cycle's proposals."""
        async for change in watch(info, ProposalType, after, under(cycle_id(year))):
            yield change

    @subscription
    @shareable
    async def decision_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[DecisionType], None]:
        """The decisions of a cycle."""
        async for change in watch(info, DecisionType, after, under(cycle_id(year))):
            yield change

    @subscription
    @shareable
    async def group_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[GroupType], None]:
        """What happens to a cycle's groups."""
        async for change in watch(info, GroupType, after, under(cycle_id(year))):
            yield change

    @subscription
    @shareable
    async def draft_events(
        self, info: Info, group: GroupId, after: AfterPosition = None
    ) -> AsyncGenerator[Change[DraftType], None]:
        """What happens to a group's drafts."""
        async for change in watch(info, DraftType, after, under(parse_id(group))):
            yield change

    @subscription
    @shareable
    async def comment_events(
        self, info: Info, draft: DraftId, after: AfterPosition = None
    ) -> AsyncGenerator[Change[CommentType], None]:
        """What happens to the comments on a draft."""
        about = parse_id(draft)
        async for change in watch(
            info, CommentType, after, lambda node: node.snapshot.document.draft_id == about
        ):
            yield change


def under(parent: UUID) -> Callable[[Any], bool]:
    """Whether a node stands under this parent, as its view shelves it."""

    def belongs(node: Any) -> bool:
        return bool(node.view.placement(node.snapshot.document).parent == parent)

    return belongs


async def watch(
    info: Info, kind: type[N], after: Position | None, belongs: Callable[[N], bool]
) -> AsyncGenerator[Change[N], None]:
    """What happens to the nodes of a kind that belong, after a position."""
    context = info.context
    async for recorded in context.follow(after):
        key = kind.view.key(recorded)
        if key is None:
            continue
        loaders = context.look(AsOf(recorded.position))
        found = await loaders.get(kind.view, key)
        if found is not None and belongs(node := kind.of(found, loaders)):
            yield Change(
                position=Position(recorded.position),
                event=AuditEntryType(recorded=recorded, loaders=loaders),
                node=node,
            )
