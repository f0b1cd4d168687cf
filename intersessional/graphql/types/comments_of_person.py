"""The comments of a person, found by what can be erased."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import strawberry

from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.relay.connection import After, Before, Connection, First, Last
from intersessional.graphql.relay.document_connection import union_connection
from intersessional.graphql.relay.document_page import DocumentPageArguments, ListOrder, Order
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.types.comment import CommentType
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.values.comment_total import StateOfComment
from intersessional.projections.comments import COMMENTS, CommentState, lists_of_author
from intersessional.projections.kernel.reader import ListUnion
from intersessional.projections.kernel.view import ListKey

By = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Only comments that the participant with this id wrote here; none after an "
        "erasure, in past states too."
    ),
]


async def comments_of_person(
    person: UUID,
    loaders: Loaders,
    arguments: DocumentPageArguments,
    *,
    state: CommentState | None = None,
    within: ListKey | None = None,
) -> Connection[CommentType]:
    """A page of a person's own comments: all of them, or those of a list."""
    states: Sequence[CommentState] = [*CommentState] if state is None else [state]
    commitments = await loaders.commitments_of(person)

    lists = await loaders.once(
        ("lists of", person, state), lambda: loaders.compute(_lists, commitments, states)
    )
    union = ListUnion(lists, within)
    return await union_connection(COMMENTS, union, loaders, arguments, CommentType.from_snapshot)


def _lists(commitments: Sequence[Sealed], states: Sequence[CommentState]) -> frozenset[ListKey]:
    return frozenset(key for one in commitments for key in lists_of_author(one, states))


async def comments_of_participant(
    root: ParticipantType,
    state: StateOfComment = None,
    order: Order = ListOrder.OLDEST_FIRST,
    first: First = 20,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Connection[CommentType] | None:
    """The comments and replies that they wrote here, not those that they entered for others; none
    after an erasure, in past states too.
    """
    arguments = DocumentPageArguments.parse(
        first=first, after=after, last=last, before=before, order=order
    )
    return await comments_of_person(root.snapshot.key, root.loaders, arguments, state=state)
