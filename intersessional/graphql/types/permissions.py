"""What a viewer may do now: commands are handled, and not recorded."""

from typing import Annotated
from uuid import uuid4

import strawberry

from intersessional.domain.command_handling.command import Command
from intersessional.domain.comment.commands import PostComment, WithdrawComment
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft, ReviseDraft
from intersessional.domain.proposal.commands import WithdrawProposal
from intersessional.graphql.mutations.refusals import Refusal, refusal_value
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.request.charge import DRY_RUN_POINTS
from intersessional.graphql.request.context import Info
from intersessional.graphql.schema.decorators import field, object_type

_TEXT = "."
"""Stands for a text that is not written yet."""

GroupId = Annotated[strawberry.ID, strawberry.argument(description="The group, by its id.")]
DraftId = Annotated[strawberry.ID, strawberry.argument(description="The draft, by its id.")]
CommentId = Annotated[strawberry.ID, strawberry.argument(description="The comment, by its id.")]
ProposalId = Annotated[strawberry.ID, strawberry.argument(description="The proposal, by its id.")]


@object_type
class Permission:
    """Whether someone may do something now, by the rules that the command itself meets."""

    allowed: bool
    """Whether they may; what they write is checked when the command is sent."""
    refusal: Refusal | None
    """Why they may not."""


@object_type
class PermissionsType:
    """What the viewer may do now: whether a form is shown, or why not.

    It is as of now, and not of the position of the rest of the answer.
    """

    @field
    async def post_comment(self, info: Info, draft: DraftId) -> Permission:
        """Whether they may comment on a draft, and reply to comments on it."""
        return await permission(
            PostComment(command_id=uuid4(), draft=parse_id(draft), body=_TEXT), info
        )

    @field
    async def withdraw_comment(self, info: Info, comment: CommentId) -> Permission:
        """Whether they may withdraw a comment."""
        return await permission(
            WithdrawComment(command_id=uuid4(), comment=parse_id(comment)), info
        )

    @field
    async def publish_draft(self, info: Info, group: GroupId) -> Permission:
        """Whether they may publish a draft of a group."""
        blocks = (WrittenBlock(text=_TEXT),)
        return await permission(
            PublishDraft(command_id=uuid4(), group=parse_id(group), title=_TEXT, blocks=blocks),
            info,
        )

    @field
    async def revise_draft(self, info: Info, draft: DraftId) -> Permission:
        """Whether they may publish a further revision of a draft."""
        blocks = (WrittenBlock(text=_TEXT),)
        return await permission(
            ReviseDraft(command_id=uuid4(), draft=parse_id(draft), blocks=blocks), info
        )

    @field
    async def withdraw_proposal(self, info: Info, proposal: ProposalId) -> Permission:
        """Whether they may withdraw a proposal."""
        return await permission(
            WithdrawProposal(command_id=uuid4(), proposal=parse_id(proposal)), info
        )


async def permission(command: Command, info: Info) -> Permission:
    """Whether the caller may send a command like this one, by a dry run of its rules.

    The texts in it are to be such that no rule of form is broken.
    """
    context = info.context
    context.charge(DRY_RUN_POINTS)
    refused = await context.command_bus.dry_run(command, context.caller)
    return Permission(
        allowed=refused is None, refusal=None if refused is None else refusal_value(refused)
    )
