"""What can be asked."""

from typing import Annotated

import strawberry

from intersessional.domain.ids import cycle_id, source_id, theme_id
from intersessional.graphql.as_of import AsOf, sight
from intersessional.graphql.audit import AuditEntry, entries, person
from intersessional.graphql.comment import Comment
from intersessional.graphql.context import Info, Wrong
from intersessional.graphql.cycle import Cycle
from intersessional.graphql.decision import Decision
from intersessional.graphql.described import field, node_type
from intersessional.graphql.draft import Draft
from intersessional.graphql.group import Group
from intersessional.graphql.ids import known_id
from intersessional.graphql.node import Node
from intersessional.graphql.nodes import find_node
from intersessional.graphql.pages import (
    After,
    Connection,
    Edge,
    First,
    check_page,
    page_info,
)
from intersessional.graphql.participant import Participant
from intersessional.graphql.proposal import Proposal
from intersessional.graphql.scalars import Position
from intersessional.graphql.shared import same_for_all
from intersessional.graphql.source import Source
from intersessional.graphql.theme import Theme

Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
Key = Annotated[str, strawberry.argument(description="The key by which the record knows it.")]
Year = Annotated[int, strawberry.argument(description="The year.")]
Asked = Annotated[
    AsOf | None, strawberry.argument(description="The past state to answer from; else the latest.")
]

Then = Annotated[AsOf, strawberry.argument(description="The past state to answer from.")]


@node_type
class Query:
    """What can be asked of the record, as it is and as it was."""

    @field
    @same_for_all
    async def head_position(self, info: Info) -> Position:
        """The position that this query reads; go on from it with a subscription's ``after``."""
        return Position(await info.context.position())

    @field
    async def viewer(self, info: Info) -> Participant | None:
        """Who asks; null when not signed in, or not registered."""
        return await person(info.context.caller.person, await sight(info.context, None))

    @field
    @same_for_all
    async def node(self, info: Info, id: Id) -> Node | None:
        """Anything that has an id."""
        # Relay's compiler takes this field only with the id alone.
        return await find_node(known_id(id), await sight(info.context, None), info)

    @field
    @same_for_all
    async def past_node(self, info: Info, id: Id, as_of: Then) -> Node | None:
        """Anything that has an id, as it was; null when it had not begun by then."""
        return await find_node(known_id(id), await sight(info.context, as_of), info)

    @field
    @same_for_all
    async def cycle(self, info: Info, year: Year, as_of: Asked = None) -> Cycle | None:
        """The cycle of an IGF year."""
        return await Cycle.find(cycle_id(year), await sight(info.context, as_of))

    @field
    @same_for_all
    async def cycles(
        self, info: Info, first: First = 20, after: After = None, as_of: Asked = None
    ) -> Connection[Cycle] | None:
        """All cycles."""
        seen = await sight(info.context, as_of)
        return await Cycle.page(None, seen, first=first, after=after)

    @field
    @same_for_all
    async def proposal(self, info: Info, id: Id, as_of: Asked = None) -> Proposal | None:
        """A proposal."""
        return await Proposal.find(known_id(id), await sight(info.context, as_of))

    @field
    @same_for_all
    async def decision(self, info: Info, id: Id, as_of: Asked = None) -> Decision | None:
        """A decision of the MAG."""
        return await Decision.find(known_id(id), await sight(info.context, as_of))

    @field
    @same_for_all
    async def group(self, info: Info, id: Id, as_of: Asked = None) -> Group | None:
        """A group."""
        return await Group.find(known_id(id), await sight(info.context, as_of))

    @field
    @same_for_all
    async def draft(self, info: Info, id: Id, as_of: Asked = None) -> Draft | None:
        """A draft output."""
        return await Draft.find(known_id(id), await sight(info.context, as_of))

    @field
    @same_for_all
    async def comment(self, info: Info, id: Id, as_of: Asked = None) -> Comment | None:
        """A comment."""
        return await Comment.find(known_id(id), await sight(info.context, as_of))

    @field
    @same_for_all
    async def participant(self, info: Info, id: Id, as_of: Asked = None) -> Participant | None:
        """Someone the record knows."""
        return await Participant.find(known_id(id), await sight(info.context, as_of))

    @field
    @same_for_all
    async def theme(self, info: Info, key: Key, as_of: Asked = None) -> Theme | None:
        """A theme, by its key."""
        return await Theme.find(theme_id(key), await sight(info.context, as_of))

    @field
    @same_for_all
    async def themes(
        self, info: Info, first: First = 20, after: After = None, as_of: Asked = None
    ) -> Connection[Theme] | None:
        """All themes."""
        seen = await sight(info.context, as_of)
        return await Theme.page(None, seen, first=first, after=after)

    @field
    @same_for_all
    async def source(self, info: Info, key: Key, as_of: Asked = None) -> Source | None:
        """A source, by its key."""
        return await Source.find(source_id(key), await sight(info.context, as_of))

    @field
    @same_for_all
    async def sources(
        self, info: Info, first: First = 20, after: After = None, as_of: Asked = None
    ) -> Connection[Source] | None:
        """All sources that facts are taken from."""
        seen = await sight(info.context, as_of)
        return await Source.page(None, seen, first=first, after=after)

    @field
    @same_for_all
    async def audit_trail(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
        stream: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Only the events of what has this id."),
        ] = None,
        as_of: Asked = None,
    ) -> Connection[AuditEntry] | None:
        """The events of the record, in order; ``after`` takes a position."""
        start = check_page(first, after)
        seen = await sight(info.context, as_of)
        _check_no_instant(as_of)
        until = seen.moment.position
        streams = None if stream is None else [known_id(stream)]
        read = info.context.record.read
        events = await read(after=start, first=first + 1, until=until, streams=streams)
        edges = [
            Edge(cursor=str(entry.recorded.position), node=entry)
            for entry in entries(events[:first], seen)
        ]
        total = until if streams is None else await info.context.record.count(streams, until)
        return Connection(
            total_count=total, edges=edges, page_info=page_info(edges, after, len(events) > first)
        )


def _check_no_instant(as_of: AsOf | None) -> None:
    if as_of is not None and as_of.occurred is not None:
        raise Wrong("BAD_AS_OF", "The audit trail is in the order of recording: no `occurred`.")
