"""The subscription to comment windows."""

from collections.abc import AsyncGenerator

from intersessional.domain.kernel.ids import cycle_id
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import AfterPosition, Year
from intersessional.graphql.roots.change import Change, watch
from intersessional.graphql.schema.decorators import object_type, subscription
from intersessional.graphql.schema.shareable import shareable
from intersessional.plugins.comment_window.node import CommentWindowType
from intersessional.projections.kernel.view import ListKey


@object_type
class WindowSubscription:
    """The subscription to comment windows."""

    @subscription
    @shareable
    async def window_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[CommentWindowType], None]:
        """Changes of the comment windows of a cycle."""
        async for change in watch(info, CommentWindowType, after, ListKey(cycle_id(year))):
            yield change
