"""Guard of PostComment: a comment is made while the window of its group is open."""

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import Guard
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.draft.draft import Draft
from intersessional.plugins.comment_window.comment_window import (
    CommentWindow,
    WindowState,
    window_id,
)
from intersessional.plugins.comment_window.refusals import (
    WindowClosed,
    WindowNotOpen,
    WindowNotScheduled,
)


async def guard_comment(command: PostComment, context: CommandContext) -> None:
    """Refuse a comment or reply that was certainly made outside of the window.

    The time is the server's, unless an import or the Secretariat gives another: a comment
    made in time can be entered later (DOMAIN row 39). Raises WindowNotScheduled, WindowNotOpen,
    WindowClosed.
    """
    draft = await context.find(Draft, command.draft)
    if draft is None:
        return
    window = await context.find(CommentWindow, window_id(draft.group_id))
    if window is None:
        raise WindowNotScheduled(group=draft.group_id)
    made, opens_at, closes_at = context.occurred, window.opens_at, window.closes_at
    # This node's clock may be behind that of the one that recorded the closing.
    over = command.occurred is None and window.state is WindowState.CLOSED
    if over or made.begins >= closes_at:
        raise WindowClosed(opened_at=opens_at, closed_at=closes_at)
    if made.begins < opens_at and made.ends <= opens_at:
        raise WindowNotOpen(opens_at=opens_at, closes_at=closes_at)


GUARDS = (Guard(PostComment, guard_comment, (WindowNotScheduled, WindowNotOpen, WindowClosed)),)
