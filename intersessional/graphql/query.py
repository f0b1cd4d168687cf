"""What can be asked."""

from typing import Annotated, TypeVar
from uuid import UUID

import strawberry
from strawberry.utils.str_converters import capitalize_first, to_camel_case

from intersessional.domain.ids import cycle_id, theme_id
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
from intersessional.graphql.pages import (
    After,
    Connection,
    Edge,
    First,
    check_page,
    page,
    page_info,
)
from intersessional.graphql.participant import Participant
from intersessional.graphql.proposal import Proposal
from intersessional.graphql.scalars import Position
from intersessional.graphql.theme import Theme
from intersessional.projections.cycles import CYCLES
from intersessional.projections.themes import THEMES

N = TypeVar("N", bound=Node)

Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
Asked = Annotated[
    AsOf | None, strawberry.argument(description="The past state to answer from; else the latest.")
]


@node_type
class Query:
    """What can be asked of the record, as it is and as it was."""

    @field
    async def head_position(self, info: Info) -> Position:
        """The position that this query reads; go on from it with a subscription's `after`."""
        return Position(await info.context.position())

    @field
    async def viewer(self, info: Info) -> Participant | None:
        """Who asks; null when not signed in, or not registered."""
        return await person(info.context.caller.person, await sight(info.context, None))

    @field
    async def node(self, info: Info, id: Id, as_of: Asked = None) -> Node | None:
        """Anything that has an id; null when it had not begun by then."""
        key = known_id(id)
        seen = await sight(info.context, as_of)
        first = await info.context.record.read(after=0, first=1, until=2**53, streams=[key])
        kind = _node_type(first[0].topic, info) if first else None
        found = None if kind is None else await seen.get(kind.view, key)
        return None if kind is None or found is None else kind.of(found, seen)

    @field
    async def cycle(self, info: Info, year: int, as_of: Asked = None) -> Cycle | None:
        """The cycle of an IGF year."""
        return await _one(Cycle, cycle_id(year), info, as_of)

    @field
    async def cycles(
        self, info: Info, first: First = 20, after: After = None, as_of: Asked = None
    ) -> Connection[Cycle]:
        """All cycles."""
        seen = await sight(info.context, as_of)
        return await page(seen, CYCLES, None, Cycle.of, first=first, after=after)

    @field
    async def proposal(self, info: Info, id: Id, as_of: Asked = None) -> Proposal | None:
        """A proposal."""
        return await _one(Proposal, known_id(id), info, as_of)

    @field
    async def decision(self, info: Info, id: Id, as_of: Asked = None) -> Decision | None:
        """A decision of the MAG."""
        return await _one(Decision, known_id(id), info, as_of)

    @field
    async def group(self, info: Info, id: Id, as_of: Asked = None) -> Group | None:
        """A group."""
        return await _one(Group, known_id(id), info, as_of)

    @field
    async def draft(self, info: Info, id: Id, as_of: Asked = None) -> Draft | None:
        """A draft output."""
        return await _one(Draft, known_id(id), info, as_of)

    @field
    async def comment(self, info: Info, id: Id, as_of: Asked = None) -> Comment | None:
        """A comment."""
        return await _one(Comment, known_id(id), info, as_of)

    @field
    async def participant(self, info: Info, id: Id, as_of: Asked = None) -> Participant | None:
        """Someone the record knows."""
        return await _one(Participant, known_id(id), info, as_of)

    @field
    async def theme(self, info: Info, key: str, as_of: Asked = None) -> Theme | None:
        """A theme, by its key."""
        return await _one(Theme, theme_id(key), info, as_of)

    @field
    async def themes(
        self, info: Info, first: First = 20, after: After = None, as_of: Asked = None
    ) -> Connection[Theme]:
        """All themes."""
        seen = await sight(info.context, as_of)
        return await page(seen, THEMES, None, Theme.of, first=first, after=after)

    @field
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
    ) -> Connection[AuditEntry]:
        """The events of the record, in order; `after` takes a position."""
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


async def _one(kind: type[N], key: UUID, info: Info, as_of: AsOf | None) -> N | None:
    seen = await sight(info.context, as_of)
    found = await seen.get(kind.view, key)
    return None if found is None else kind.of(found, seen)


def _check_no_instant(as_of: AsOf | None) -> None:
    if as_of is not None and as_of.occurred is not None:
        raise Wrong("BAD_AS_OF", "The audit trail is in the order of recording: no `occurred`.")


def _node_type(topic: str, info: Info) -> type[Node] | None:
    """The type that is named like the subject of a topic, if it is a node's."""
    subject = topic.split(".")[0]
    definition = info.schema.get_type_by_name(capitalize_first(to_camel_case(subject)))
    kind = getattr(definition, "origin", None)
    return kind if isinstance(kind, type) and issubclass(kind, Node) else None
