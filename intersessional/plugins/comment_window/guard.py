"""Guard of PostComment: a comment is made while the window of its group is open."""

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import Guard
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.draft.draft import Draft
from intersessional.plugins.comment_window.comment_window import CommentWindow, window_id
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
    window.check_open(context.occurred, live=command.occurred is None)


GUARDS = (Guard(PostComment, guard_comment, (WindowNotScheduled, WindowNotOpen, WindowClosed)),)
