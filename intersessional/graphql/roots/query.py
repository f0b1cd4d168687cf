"""What can be asked."""

from typing import Annotated

import strawberry

from intersessional.domain.kernel.ids import cycle_id, source_id, theme_id
from intersessional.graphql.relay.connection import (
    After,
    Connection,
    Edge,
    First,
    page_info,
    parse_page,
)
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import Node
from intersessional.graphql.relay.node_lookup import find_node
from intersessional.graphql.request.as_of_input import AsOfInput, loaders
from intersessional.graphql.request.context import BadRequest, Info
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType, entries
from intersessional.graphql.types.comment import CommentType
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.types.source import SourceType
from intersessional.graphql.types.theme import ThemeType

Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
Key = Annotated[str, strawberry.argument(description="The key by which the record knows it.")]
Year = Annotated[int, strawberry.argument(description="The year.")]
Asked = Annotated[
    AsOfInput | None,
    strawberry.argument(description="The past state to answer from; else the latest."),
]

Then = Annotated[AsOfInput, strawberry.argument(description="The past state to answer from.")]


@object_type
class Query:
    """What can be asked of the record, as it is and as it was."""

    @field
    @shareable
    async def head_position(self, info: Info) -> Position:
        """The position that this query reads; go on from it with a subscription's ``after``."""
        return Position(await info.context.position())

    @field
    async def viewer(self, info: Info) -> ParticipantType | None:
        """Who asks; null when not signed in, or not registered."""
        return await find_participant(info.context.caller.person, await loaders(info.context, None))

    @field
    @shareable
    async def node(self, info: Info, id: Id) -> Node | None:
        """Anything that has an id."""
        # Relay's compiler takes this field only with the id alone.
        return await find_node(parse_id(id), await loaders(info.context, None), info)

    @field
    @shareable
    async def past_node(self, info: Info, id: Id, as_of: Then) -> Node | None:
        """Anything that has an id, as it was; null when it had not begun by then."""
        return await find_node(parse_id(id), await loaders(info.context, as_of), info)

    @field
    @shareable
    async def cycle(self, info: Info, year: Year, as_of: Asked = None) -> CycleType | None:
        """The cycle of an IGF year."""
        return await CycleType.find(cycle_id(year), await loaders(info.context, as_of))

    @field
    @shareable
    async def cycles(
        self, info: Info, first: First = 20, after: After = None, as_of: Asked = None
    ) -> Connection[CycleType] | None:
        """All cycles."""
        seen = await loaders(info.context, as_of)
        return await CycleType.page(None, seen, first=first, after=after)

    @field
    @shareable
    async def proposal(self, info: Info, id: Id, as_of: Asked = None) -> ProposalType | None:
        """A proposal."""
        return await ProposalType.find(parse_id(id), await loaders(info.context, as_of))

    @field
    @shareable
    async def decision(self, info: Info, id: Id, as_of: Asked = None) -> DecisionType | None:
        """A decision of the MAG."""
        return await DecisionType.find(parse_id(id), await loaders(info.context, as_of))

    @field
    @shareable
    async def group(self, info: Info, id: Id, as_of: Asked = None) -> GroupType | None:
        """A group."""
        return await GroupType.find(parse_id(id), await loaders(info.context, as_of))

    @field
    @shareable
    async def draft(self, info: Info, id: Id, as_of: Asked = None) -> DraftType | None:
        """A draft output."""
        return await DraftType.find(parse_id(id), await loaders(info.context, as_of))

    @field
    @shareable
    async def comment(self, info: Info, id: Id, as_of: Asked = None) -> CommentType | None:
        """A comment."""
        return await CommentType.find(parse_id(id), await loaders(info.context, as_of))

    @field
    @shareable
    async def participant(self, info: Info, id: Id, as_of: Asked = None) -> ParticipantType | None:
        """Someone the record knows."""
        return await ParticipantType.find(parse_id(id), await loaders(info.context, as_of))

    @field
    @shareable
    async def theme(self, info: Info, key: Key, as_of: Asked = None) -> ThemeType | None:
        """A theme, by its key."""
        return await ThemeType.find(theme_id(key), await loaders(info.context, as_of))

    @field
    @shareable
    async def themes(
        self, info: Info, first: First = 20, after: After = None, as_of: Asked = None
    ) -> Connection[ThemeType] | None:
        """All themes."""
        seen = await loaders(info.context, as_of)
        return await ThemeType.page(None, seen, first=first, after=after)

    @field
    @shareable
    async def source(self, info: Info, key: Key, as_of: Asked = None) -> SourceType | None:
        """A source, by its key."""
        return await SourceType.find(source_id(key), await loaders(info.context, as_of))

    @field
    @shareable
    async def sources(
        self, info: Info, first: First = 20, after: After = None, as_of: Asked = None
    ) -> Connection[SourceType] | None:
        """All sources that facts are taken from."""
        seen = await loaders(info.context, as_of)
        return await SourceType.page(None, seen, first=first, after=after)

    @field
    @shareable
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
    ) -> Connection[AuditEntryType] | None:
        """The events of the record, in order; ``after`` takes a position."""
        start = parse_page(first, after)
        seen = await loaders(info.context, as_of)
        _check_no_instant(as_of)
        until = seen.as_of.position
        streams = None if stream is None else [parse_id(stream)]
        info.context.dependencies.any_event = True
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


def _check_no_instant(as_of: AsOfInput | None) -> None:
    if as_of is not None and as_of.occurred is not None:
        raise BadRequest(
            "BAD_AS_OF", "The audit trail is in the order of recording: no `occurred`."
        )
