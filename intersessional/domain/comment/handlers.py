"""How commands about comments are answered."""

from uuid import UUID

from intersessional.domain.act import Role
from intersessional.domain.comment.commands import PostComment, WithdrawComment
from intersessional.domain.comment.comment import Channel, Comment
from intersessional.domain.comment.refused import AlreadyWithdrawn, CommentTooLong, NotTheAuthor
from intersessional.domain.desk import Desk
from intersessional.domain.draft.draft import Draft
from intersessional.domain.refused import BadValue, NotFound
from intersessional.domain.sealed import Sealed
from intersessional.domain.texts import COMMENT_MAX, optional_text, text

BLOCKS_MAX = 50


async def post_comment(command: PostComment, desk: Desk) -> UUID:
    """Answer PostComment: anyone who accepted the code of conduct comments."""
    online = command.channel is Channel.ONLINE
    act = await desk.act_as(Role.COMMENTER if online else Role.SECRETARIAT)
    draft = await desk.load(Draft, command.draft)
    for block in command.blocks[: BLOCKS_MAX + 1]:
        if block not in draft.blocks:
            raise NotFound(kind="block", id=block)
    if len(set(command.blocks)) < len(command.blocks) or len(command.blocks) > BLOCKS_MAX:
        raise BadValue(field="blocks", problem=f"name each once, at most {BLOCKS_MAX}.")
    if command.in_reply_to is not None:
        parent = await desk.load(Comment, command.in_reply_to)
        if parent.draft_id != draft.id:
            raise BadValue(field="inReplyTo", problem="that comment is on another draft.")
    size = len(command.body.encode(errors="replace"))
    if size > COMMENT_MAX:
        raise CommentTooLong(bytes=size, bytes_max=COMMENT_MAX)
    desk.add(
        Comment.begin(
            Comment.Posted,
            id=command.new_id,
            act=act,
            draft_id=draft.id,
            group_id=draft.group_id,
            revision=draft.revision,
            blocks=command.blocks,
            in_reply_to=command.in_reply_to,
            channel=command.channel,
            body=text("body", command.body, COMMENT_MAX),
        )
    )
    return command.new_id


async def withdraw_comment(command: WithdrawComment, desk: Desk) -> UUID:
    """Answer WithdrawComment: the author may, once."""
    act = await desk.act_as(Role.COMMENTER)
    comment = await desk.load(Comment, command.comment, command.expected_version)
    author = comment.act.actor.person
    if isinstance(author, Sealed):
        author_id = await desk.workspace.reveal(author)
    else:
        author_id = str(author)
    if author_id != str(desk.caller.person):
        raise NotTheAuthor(comment=comment.id)
    if comment.withdrawn:
        raise AlreadyWithdrawn(comment=comment.id)
    comment.record(
        Comment.Withdrawn,
        act=act,
        draft_id=comment.draft_id,
        reason=optional_text("reason", command.reason),
    )
    return comment.id
