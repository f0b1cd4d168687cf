"""Who held a role at an instant, in the API."""

from datetime import UTC, datetime
from typing import Annotated

import strawberry

from intersessional.domain.kernel.act import Role
from intersessional.domain.participant.tenure import Tenure
from intersessional.graphql.relay.connection import (
    After,
    Connection,
    Edge,
    First,
    cursor_text,
    page_info,
    parse_document_cursor,
    parse_first,
)
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.participants import (
    PARTICIPANTS,
    ParticipantDocument,
    holders_of,
)

HeldRole = Annotated[Role, strawberry.argument(description="The role.")]
HeldAt = Annotated[
    datetime | None, strawberry.argument(description="The instant; now when not given.")
]


@object_type
class RoleHolder:
    """A person who holds a role at an instant."""

    participant: ParticipantType
    """The person."""
    since: OccurredType | None
    """When it began; null where it had begun before, and no source says when."""
    known_from: OccurredType
    """From when they are known to hold it: ``since``, or the time of the first fact that says so.
    They hold it from the first instant of this time.
    """
    until: OccurredType | None
    """When it ends: they hold it to the last instant of this time; null while it has no end."""
    certain: bool
    """Whether it is certain that it had begun by the instant, and not yet ended."""


@object_type
class RoleHolderQuery:
    """Queries of the holders of roles."""

    @field
    async def role_holders(
        self,
        info: Info,
        role: HeldRole,
        at: HeldAt = None,
        first: First = 20,
        after: After = None,
        as_of: PastState = None,
    ) -> Connection[RoleHolder] | None:
        """The people who hold a role at an instant, as far as the record can tell."""
        parse_first(first)
        start = parse_document_cursor(after, "after")
        loaders = await loaders_at(info.context, as_of)
        instant = at or datetime.now(UTC)
        holders = [
            (snapshot.cursor, _holder(snapshot, tenure, instant, loaders))
            async for snapshot in every_document(loaders, PARTICIPANTS, holders_of(role))
            for tenure in snapshot.document.tenures
            if tenure.role is role and tenure.covers(instant)
        ]
        further = [one for one in holders if start is None or one[0] > start]
        edges = [Edge(cursor=cursor_text(cursor), node=one) for cursor, one in further[:first]]
        return Connection(
            total_count=len(holders),
            edges=edges,
            page_info=page_info(edges, after, len(further) > first),
        )


def _holder(
    snapshot: DocumentSnapshot[ParticipantDocument],
    tenure: Tenure,
    instant: datetime,
    loaders: Loaders,
) -> RoleHolder:
    return RoleHolder(
        participant=ParticipantType.from_snapshot(snapshot, loaders),
        since=None if tenure.since is None else OccurredType(value=tenure.since),
        known_from=OccurredType(value=tenure.known_from),
        until=None if tenure.until is None else OccurredType(value=tenure.until),
        certain=tenure.certain_at(instant),
    )


ROLE_HOLDER_SCHEMA = SchemaPart(queries=(RoleHolderQuery,))
