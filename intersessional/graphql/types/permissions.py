"""What a viewer may do now: commands are handled, and not recorded."""

from typing import Annotated
from uuid import uuid4

import strawberry

from intersessional.domain.call.commands import CloseCall
from intersessional.domain.command_handling.command import Command
from intersessional.domain.comment.commands import PostComment, WithdrawComment
from intersessional.domain.decision.steps.commands import ObjectToDecision
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft, ReviseDraft
from intersessional.domain.interest.commands import SignalInterest
from intersessional.domain.kernel.refusals import Refused
from intersessional.domain.meeting.commands import CancelMeeting, PublishSummary
from intersessional.domain.membership.commands import JoinGroup
from intersessional.domain.modality.commands import ProposeModality
from intersessional.domain.proposal.commands import ReviseProposal, WithdrawProposal
from intersessional.domain.proposal.refusals import CoFacilitatorsMissing, ProposalIncomplete
from intersessional.domain.proposal.written_proposal import WrittenProposal
from intersessional.domain.volunteer_offer.commands import OfferToVolunteer
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
MeetingId = Annotated[strawberry.ID, strawberry.argument(description="The meeting, by its id.")]
DecisionId = Annotated[strawberry.ID, strawberry.argument(description="The decision, by its id.")]
CallId = Annotated[strawberry.ID, strawberry.argument(description="The call, by its id.")]
VolunteersFor = Annotated[
    strawberry.ID | None, strawberry.argument(description="A group, by its id.")
]
VolunteersOfCall = Annotated[
    strawberry.ID | None, strawberry.argument(description="A call for volunteers, by its id.")
]


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

    @field
    async def revise_proposal(self, info: Info, proposal: ProposalId) -> Permission:
        """Whether they may publish a further revision of a written proposal."""
        return await permission(
            ReviseProposal(
                command_id=uuid4(), proposal=parse_id(proposal), written=WrittenProposal()
            ),
            info,
            unless=(ProposalIncomplete, CoFacilitatorsMissing),
        )

    @field
    async def signal_interest(self, info: Info, proposal: ProposalId) -> Permission:
        """Whether they may name organisations for a proposal, and nominate its co-facilitators."""
        return await permission(
            SignalInterest(
                command_id=uuid4(), proposal=parse_id(proposal), name=_TEXT, source=_TEXT
            ),
            info,
        )

    @field
    async def object_to_decision(self, info: Info, decision: DecisionId) -> Permission:
        """Whether they may object to a decision, as themselves."""
        return await permission(
            ObjectToDecision(command_id=uuid4(), decision=parse_id(decision)), info
        )

    @field
    async def join_group(self, info: Info, group: GroupId) -> Permission:
        """Whether they may join a group."""
        return await permission(JoinGroup(command_id=uuid4(), group=parse_id(group)), info)

    @field
    async def offer_to_volunteer(
        self, info: Info, group: VolunteersFor = None, call: VolunteersOfCall = None
    ) -> Permission:
        """Whether they may volunteer for a group, or in answer to a call."""
        return await permission(
            OfferToVolunteer(
                command_id=uuid4(),
                group=None if group is None else parse_id(group),
                call=None if call is None else parse_id(call),
            ),
            info,
        )

    @field
    async def close_call(self, info: Info, call: CallId) -> Permission:
        """Whether they may extend, move or close a call."""
        return await permission(CloseCall(command_id=uuid4(), call=parse_id(call)), info)

    @field
    async def propose_modality(self, info: Info, group: GroupId) -> Permission:
        """Whether they may propose how a group works."""
        return await permission(
            ProposeModality(command_id=uuid4(), group=parse_id(group), modality=_TEXT), info
        )

    @field
    async def cancel_meeting(self, info: Info, meeting: MeetingId) -> Permission:
        """Whether they may move or cancel a meeting, or record that it was held."""
        return await permission(
            CancelMeeting(command_id=uuid4(), meeting=parse_id(meeting), reason=_TEXT), info
        )

    @field
    async def publish_summary(self, info: Info, meeting: MeetingId) -> Permission:
        """Whether they may publish or correct the summary of a meeting."""
        return await permission(
            PublishSummary(
                command_id=uuid4(), meeting=parse_id(meeting), summary=_TEXT, reason=_TEXT
            ),
            info,
        )


async def permission(
    command: Command, info: Info, *, unless: tuple[type[Refused], ...] = ()
) -> Permission:
    """Whether the caller may send a command like this one, by a dry run of its rules.

    The texts in it are to be such that no rule of form is broken, ``unless`` by these refusals.
    """
    context = info.context
    context.charge(DRY_RUN_POINTS)
    refused = await context.command_bus.dry_run(command, context.caller)
    if isinstance(refused, unless):
        refused = None
    return Permission(
        allowed=refused is None, refusal=None if refused is None else refusal_value(refused)
    )
