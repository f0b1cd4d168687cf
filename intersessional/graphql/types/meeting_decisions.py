"""The decisions of a meeting in the API."""

from typing import Annotated

import strawberry

from intersessional.domain.decision.decision_outcome import DecisionKind
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.meeting import MeetingType

OnlyKind = Annotated[
    DecisionKind | None, strawberry.argument(description="Only decisions of this kind; else all.")
]


async def decisions_of(
    root: MeetingType, kind: OnlyKind = None, first: First = 20, after: After = None
) -> Connection[DecisionType] | None:
    """What was decided and agreed on there, of one kind or all.

    An agreement that sets nothing in the record is a decision of the kind ``PROCEDURE``.
    """
    only = None if kind is None else kind.value
    return await DecisionType.page(
        root.snapshot.key, root.loaders, kind=only, first=first, after=after
    )


MEETING_DECISIONS_SCHEMA = SchemaPart(extends={"Meeting": {"decisions": decisions_of}})
