"""How commands about comments are answered."""

from collections.abc import Collection, Sequence
from uuid import UUID

from intersessional.domain.comment.commands import PostComment, WithdrawComment
from intersessional.domain.comment.comment import Attribution, Channel, Comment
from intersessional.domain.comment.refusals import AlreadyWithdrawn, CommentTooLong, NotTheAuthor
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.handlers import at_work
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.refusals import BadValue, NotFound
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import COMMENT_MAX, name, text, validated_optional_text

BLOCKS_MAX = 50


async def post_comment(command: PostComment, context: CommandContext) -> UUID:
    """Answer PostComment: anyone who accepted the code of conduct comments.

    What was said elsewhere the Secretariat enters, as rapporteur (DOMAIN row 39). From where in the
    community it comes is kept with it, for its author is sealed and can be erased.
    """
    online = command.channel is Channel.ONLINE
    act = await context.act_as(Role.COMMENTER if online else Role.SECRETARIAT)
    draft = await context.load(Draft, command.draft)
    await at_work(context, draft.group_id)
    revision = _revision(command, draft)
    _check_blocks(command.blocks, draft.revisions[revision - 1])
    await _check_parent(command, context)
    attribution = _attribution(command, act)
    speaker = await context.sender() if online else command.attribution
    context.add(
        Comment.begin(
            Comment.Posted,
            id=command.new_id,
            act=act,
            draft_id=draft.id,
            group_id=draft.group_id,
            revision=revision,
            blocks=command.blocks,
            in_reply_to=command.in_reply_to,
            channel=command.channel,
            attribution=attribution,
            stakeholder_group=speaker and speaker.stakeholder_group,
            region=speaker and speaker.region,
            body=_body(command.body),
        )
    )
    return command.new_id


async def withdraw_comment(command: WithdrawComment, context: CommandContext) -> UUID:
    """Answer WithdrawComment: who posted or entered it may, once."""
    act = await context.act_as(Role.COMMENTER)
    comment = await context.load(Comment, command.comment, command.expected_version)
    author = comment.act.actor.person
    if isinstance(author, Sealed):
        revealed = await context.unit_of_work.reveal(author)
        author = None if revealed is None else UUID(revealed)
    if author is None or author != context.caller.person:
        raise NotTheAuthor(comment=comment.id)
    if comment.withdrawn:
        raise AlreadyWithdrawn(comment=comment.id)
    comment.record(
        Comment.Withdrawn,
        act=act,
        draft_id=comment.draft_id,
        reason=validated_optional_text("reason", command.reason),
    )
    return comment.id


def _revision(command: PostComment, draft: Draft) -> int:
    """The revision that was read: a comment is not moved to another that came meanwhile."""
    latest = len(draft.revisions)
    revision = latest if command.revision is None else command.revision
    if not 1 <= revision <= latest:
        raise NotFound(kind="revision", id=str(revision))
    return revision


def _check_blocks(blocks: Sequence[str], known: Collection[str]) -> None:
    if len(set(blocks)) < len(blocks) or len(blocks) > BLOCKS_MAX:
        raise BadValue(field="blocks", problem=f"name each once, at most {BLOCKS_MAX}.")
    for block in blocks:
        if block not in known:
            raise NotFound(kind="block", id=block)


async def _check_parent(command: PostComment, context: CommandContext) -> None:
    if command.in_reply_to is not None:
        parent = await context.load(Comment, command.in_reply_to)
        if parent.draft_id != command.draft:
            raise BadValue(field="inReplyTo", problem="that comment is on another draft.")


def _attribution(command: PostComment, act: Act) -> Attribution | None:
    """Who said it elsewhere; sources of the past may not tell who."""
    told = command.attribution
    online = command.channel is Channel.ONLINE
    if online and told is not None:
        raise BadValue(field="attribution", problem="who comments online speaks for themselves.")
    if told is None:
        if online or act.provenance.historical:
            return None
        raise BadValue(field="attribution", problem="tell who said it elsewhere, and where.")
    return Attribution(
        speaker=name("attribution.speaker", told.speaker),
        source=text("attribution.source", told.source),
    )


def _body(body: str) -> Sealed:
    size = len(body.encode(errors="replace"))
    if size > COMMENT_MAX:
        raise CommentTooLong(bytes=size, bytes_max=COMMENT_MAX)
    return text("body", body, COMMENT_MAX)
