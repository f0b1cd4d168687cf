"""What can be watched: every event after a position, once and in order, and then live."""

from collections.abc import AsyncGenerator, Callable
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import strawberry

from intersessional.domain.ids import cycle_id
from intersessional.graphql.audit import AuditEntry
from intersessional.graphql.comment import Comment
from intersessional.graphql.context import Info
from intersessional.graphql.cycle import Cycle
from intersessional.graphql.decision import Decision
from intersessional.graphql.described import node_type, subscription
from intersessional.graphql.draft import Draft
from intersessional.graphql.group import Group
from intersessional.graphql.ids import known_id
from intersessional.graphql.node import Node
from intersessional.graphql.proposal import Proposal
from intersessional.graphql.scalars import Position
from intersessional.graphql.shared import same_for_all
from intersessional.projections.moment import Moment

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


@node_type
class Change(Generic[N]):
    """Something happened to a node."""

    position: Position
    """The position to go on after."""
    event: AuditEntry
    """What happened."""
    node: N
    """How the node stood right after."""


def place(yielded: Any) -> int:
    """The position of what a subscription yields: a change, or an entry of the audit trail."""
    if isinstance(yielded, AuditEntry):
        return yielded.recorded.position
    return int(yielded.position)


@node_type
class Subscription:
    """What can be watched."""

    @subscription
    @same_for_all
    async def audit_trail(
        self, info: Info, after: AfterPosition = None
    ) -> AsyncGenerator[AuditEntry, None]:
        """Every event of the record."""
        context = info.context
        async for recorded in context.follow(after):
            sight = context.look(Moment(recorded.position))
            yield AuditEntry(recorded=recorded, sight=sight)

    @subscription
    @same_for_all
    async def cycle_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[Cycle], None]:
        """What happens to a cycle."""
        cycle = cycle_id(year)
        async for change in watch(info, Cycle, after, lambda node: node.found.key == cycle):
            yield change

    @subscription
    @same_for_all
    async def proposal_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[Proposal], None]:
        """What happens to a cycle's proposals."""
        async for change in watch(info, Proposal, after, under(cycle_id(year))):
            yield change

    @subscription
    @same_for_all
    async def decision_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[Decision], None]:
        """The decisions of a cycle."""
        async for change in watch(info, Decision, after, under(cycle_id(year))):
            yield change

    @subscription
    @same_for_all
    async def group_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[Group], None]:
        """What happens to a cycle's groups."""
        async for change in watch(info, Group, after, under(cycle_id(year))):
            yield change

    @subscription
    @same_for_all
    async def draft_events(
        self, info: Info, group: GroupId, after: AfterPosition = None
    ) -> AsyncGenerator[Change[Draft], None]:
        """What happens to a group's drafts."""
        async for change in watch(info, Draft, after, under(known_id(group))):
            yield change

    @subscription
    @same_for_all
    async def comment_events(
        self, info: Info, draft: DraftId, after: AfterPosition = None
    ) -> AsyncGenerator[Change[Comment], None]:
        """What happens to the comments on a draft."""
        about = known_id(draft)
        async for change in watch(
            info, Comment, after, lambda node: node.found.document.draft_id == about
        ):
            yield change


def under(parent: UUID) -> Callable[[Any], bool]:
    """Whether a node stands under this parent, as its view shelves it."""

    def belongs(node: Any) -> bool:
        return bool(node.view.shelf(node.found.document).parent == parent)

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
        sight = context.look(Moment(recorded.position))
        found = await sight.get(kind.view, key)
        if found is not None and belongs(node := kind.of(found, sight)):
            yield Change(
                position=Position(recorded.position),
                event=AuditEntry(recorded=recorded, sight=sight),
                node=node,
            )
