"""A comment on a draft output, or a reply to one."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Self
from uuid import UUID

from intersessional.domain.comment.attribution import Attribution, Channel, OriginalSpeaker
from intersessional.domain.comment.passage import (
    Passage,
    QuotedPassage,
    commented_blocks,
    sealed_passages,
)
from intersessional.domain.comment.refusals import AlreadyWithdrawn, CommentTooLong, NotTheAuthor
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.language import validated_optional_language
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable, Sealed
from intersessional.domain.kernel.texts import (
    COMMENT_MAX,
    validated_name,
    validated_optional_text,
    validated_text,
)
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup


class Comment(Aggregate):
    """A comment on a draft output, or a reply to one."""

    TOPIC = "comment"

    draft_id: UUID
    group_id: UUID
    cycle_id: UUID | None
    revision: int
    blocks: tuple[str, ...]
    in_reply_to: UUID | None
    channel: Channel
    attribution: Attribution | None
    stakeholder_group: StakeholderGroup | None
    region: Region | None
    body: Sealed
    act: Act
    language: str | None = None
    passages: tuple[Passage, ...] = ()
    withdrawn: bool = False

    class Posted(CreatedEvent):
        """Someone commented on a draft, on some of its blocks, or on another comment."""

        TOPIC = "comment.posted.v1"
        FIXED = ("passages",)
        draft_id: UUID
        group_id: UUID
        cycle_id: UUID | None
        revision: int
        blocks: tuple[str, ...]
        in_reply_to: UUID | None
        channel: Channel
        attribution: Attribution | None
        stakeholder_group: StakeholderGroup | None
        region: Region | None
        body: Erasable
        language: str | None = None
        passages: tuple[Passage, ...] = ()

    class Withdrawn(Aggregate.Event):
        """The comment was taken back by its author, or by the Secretariat if it was made elsewhere:
        nobody can read its text, its speaker, its source and its quotes any more; that it was made
        stays on record.
        """

        TOPIC = "comment.withdrawn.v1"
        FIXED = ("channel", "stakeholder_group", "region", "passages")
        CLOSES = ("body", "attribution.speaker", "attribution.source", "passages.quote")
        draft_id: UUID
        group_id: UUID
        cycle_id: UUID | None
        revision: int
        blocks: tuple[str, ...]
        in_reply_to: UUID | None
        channel: Channel
        attribution: Attribution | None
        stakeholder_group: StakeholderGroup | None
        region: Region | None
        body: Erasable
        reason: Erasable | None
        passages: tuple[Passage, ...] = ()

        def apply(self, aggregate: "Comment") -> None:
            aggregate.withdrawn = True

    @classmethod
    def post(
        cls,
        act: Act,
        *,
        id: UUID,
        draft: Draft,
        cycle_id: UUID | None = None,
        body: str,
        blocks: tuple[str, ...] = (),
        revision: int | None = None,
        in_reply_to: "Comment | None" = None,
        channel: Channel = Channel.ONLINE,
        author: Participant | None = None,
        attribution: OriginalSpeaker | None = None,
        language: str | None = None,
        passages: Sequence[QuotedPassage] = (),
        texts: Mapping[Sealed, str] = MappingProxyType({}),
    ) -> Self:
        """Comment on a draft, with the texts of the blocks of which it quotes passages.

        Raises NotFound, BadValue, CommentTooLong, PassageDiffers, TextUnreadable.

        The author's stakeholder group and region of that time are copied: the author's id is
        sealed and can be erased.
        """
        revision = draft.revision_read(revision)
        blocks = commented_blocks(blocks, passages)
        draft.check_blocks(revision, blocks)
        if in_reply_to is not None and in_reply_to.draft_id != draft.id:
            raise BadValue(field="in_reply_to", problem="that comment is on another draft.")
        then = None if author is None else author.at(act.occurred)
        speaker = then if channel is Channel.ONLINE else attribution
        return cls.create(
            cls.Posted,
            id=id,
            act=act,
            draft_id=draft.id,
            group_id=draft.group_id,
            cycle_id=cycle_id,
            revision=revision,
            blocks=blocks,
            in_reply_to=None if in_reply_to is None else in_reply_to.id,
            channel=channel,
            attribution=_attribution(channel, attribution, act),
            stakeholder_group=speaker and speaker.stakeholder_group,
            region=speaker and speaker.region,
            body=_body(body),
            language=validated_optional_language("language", language),
            passages=sealed_passages(draft, revision, passages, texts),
        )

    def withdraw(
        self, act: Act, *, author: UUID | None, sender: UUID | None, reason: str | None = None
    ) -> None:
        """Withdraw the comment, once: nobody may read its texts from then on.

        The Secretariat may withdraw what was made elsewhere, for it enters that (DOMAIN row 39).
        Raises NotTheAuthor, AlreadyWithdrawn, BadValue. ``author`` is the revealed author of the
        comment, None after an erasure.
        """
        entered = self.channel is not Channel.ONLINE and act.actor.role is Role.SECRETARIAT
        if not entered and (author is None or author != sender):
            raise NotTheAuthor(comment=self.id)
        if self.withdrawn:
            raise AlreadyWithdrawn(comment=self.id)
        self.record(
            Comment.Withdrawn,
            act=act,
            draft_id=self.draft_id,
            group_id=self.group_id,
            cycle_id=self.cycle_id,
            revision=self.revision,
            blocks=self.blocks,
            in_reply_to=self.in_reply_to,
            channel=self.channel,
            attribution=self.attribution,
            stakeholder_group=self.stakeholder_group,
            region=self.region,
            body=self.body,
            passages=self.passages,
            reason=validated_optional_text("reason", reason),
        )


def _attribution(
    channel: Channel, attribution: OriginalSpeaker | None, act: Act
) -> Attribution | None:
    """The speaker and the source of a comment made elsewhere; history may lack them."""
    if channel is Channel.ONLINE and attribution is not None:
        raise BadValue(field="attribution", problem="a comment made online has no other speaker.")
    if attribution is None:
        if channel is Channel.ONLINE or act.provenance.historical:
            return None
        raise BadValue(
            field="attribution", problem="a comment made elsewhere names its speaker and source."
        )
    return Attribution(
        speaker=validated_name("attribution.speaker", attribution.speaker),
        source=validated_text("attribution.source", attribution.source),
    )


def _body(body: str) -> Sealed:
    size = len(body.encode(errors="replace"))
    if size > COMMENT_MAX:
        raise CommentTooLong(bytes=size, bytes_max=COMMENT_MAX)
    return validated_text("body", body, COMMENT_MAX)
