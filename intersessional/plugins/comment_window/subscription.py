"""What can be watched about comment windows."""

from collections.abc import AsyncGenerator

from intersessional.domain.ids import cycle_id
from intersessional.graphql.context import Info
from intersessional.graphql.described import node_type, subscription
from intersessional.graphql.shared import same_for_all
from intersessional.graphql.subscription import AfterPosition, Change, Year, under, watch
from intersessional.plugins.comment_window.node import CommentWindow


@node_type
class WindowSubscription:
    """What can be watched about comment windows."""

    @subscription
    @same_for_all
    async def window_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[CommentWindow], None]:
        """What happens to the comment windows of a cycle."""
        async for change in watch(info, CommentWindow, after, under(cycle_id(year))):
            yield change
