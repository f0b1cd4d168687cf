"""The newest draft of a group in a cycle."""

from uuid import UUID

from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.drafts import DRAFTS, DraftDocument, drafts_kind
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import ListKey


async def newest_draft(
    group: UUID, cycle: UUID, loaders: Loaders
) -> DocumentSnapshot[DraftDocument] | None:
    """The draft of a group that was begun last, of those last published in a cycle.

    Those of many groups are read at once.
    """
    listed = ListKey(group, drafts_kind(cycle))
    page = await loaders.page(DRAFTS, listed, first=1, backward=True)
    return page.items[0] if page.items else None
