"""Handlers of the commands about comments."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.comment.attribution import Channel
from intersessional.domain.comment.commands import PostComment, WithdrawComment
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.passage import commented_blocks
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.stewardship import active_group
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.sealed import Sealed


async def post_comment(command: PostComment, context: CommandContext) -> UUID:
    """Post a comment or reply on a draft of a group that has not concluded.

    The Secretariat enters comments that were made elsewhere (DOMAIN row 39).
    """
    online = command.channel is Channel.ONLINE
    act = await context.act_as(Role.COMMENTER if online else Role.SECRETARIAT)
    draft = await context.load(Draft, command.draft)
    group = await active_group(context, draft.group_id)
    revision = draft.revision_read(command.revision)
    draft.check_blocks(revision, commented_blocks(command.blocks, command.passages))
    quoted = {draft.block(revision, one.block).text for one in command.passages}
    parent = command.in_reply_to
    comment = Comment.post(
        act,
        id=command.derived_id,
        draft=draft,
        cycle_id=group.cycle_id,
        body=command.body,
        blocks=command.blocks,
        revision=command.revision,
        in_reply_to=None if parent is None else await context.load(Comment, parent),
        channel=command.channel,
        author=await context.sender() if online else None,
        attribution=command.attribution,
        language=command.language,
        passages=command.passages,
        texts=await context.reveal(quoted),
    )
    context.add(comment)
    return comment.id


async def withdraw_comment(command: WithdrawComment, context: CommandContext) -> UUID:
    """Withdraw the sender's own comment, or one that the Secretariat entered."""
    comment = await context.load(Comment, command.comment, command.expected_version)
    online = comment.channel is Channel.ONLINE
    act = await context.act_as(*(() if online else (Role.SECRETARIAT,)), Role.COMMENTER)
    author = comment.act.actor.person
    if isinstance(author, Sealed):
        revealed = (await context.reveal([author])).get(author)
        author = None if revealed is None else UUID(revealed)
    comment.withdraw(act, author=author, sender=context.caller.person, reason=command.reason)
    return comment.id
