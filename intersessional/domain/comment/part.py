"""The part of the domain about comments."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.comment import handlers
from intersessional.domain.comment.commands import PostComment, WithdrawComment
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.refusals import (
    AlreadyWithdrawn,
    CommentTooLong,
    NotTheAuthor,
    PassageDiffers,
    TextUnreadable,
    TooMany,
)
from intersessional.domain.group.refusals import GroupHasConcluded

COMMENT_PART = DomainPart(
    aggregates=(Comment,),
    command_handlers=(
        CommandHandler(
            PostComment,
            handlers.post_comment,
            (CommentTooLong, GroupHasConcluded, PassageDiffers, TextUnreadable, TooMany),
        ),
        CommandHandler(
            WithdrawComment, handlers.withdraw_comment, (AlreadyWithdrawn, NotTheAuthor)
        ),
    ),
)
