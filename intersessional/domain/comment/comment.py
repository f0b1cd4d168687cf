"""A comment on a draft output, or a reply to one."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Region, StakeholderGroup


class Channel(Enum):
    """How a comment came (DOMAIN row 39)."""

    ONLINE = "ONLINE"
    """Written here by its author."""
    IN_SESSION = "IN_SESSION"
    """Said in a session."""
    EMAIL = "EMAIL"
    """Sent by e-mail."""
    MAILING_LIST = "MAILING_LIST"
    """Written on a mailing list."""


@dataclass(frozen=True)
class Attribution:
    """Who said elsewhere what was entered here, and where that can be found (DOMAIN row 39)."""

    speaker: Sealed
    source: Sealed


class Comment(Aggregate):
    """What someone said about a draft."""

    TOPIC = "comment"

    draft_id: UUID
    act: Act
    withdrawn: bool = False

    class Posted(CreatedEvent):
        """Someone commented on a draft, on some of its blocks, or on another comment."""

        TOPIC = "comment.posted.v1"
        draft_id: UUID
        group_id: UUID
        revision: int
        blocks: tuple[str, ...]
        in_reply_to: UUID | None
        channel: Channel
        attribution: Attribution | None
        stakeholder_group: StakeholderGroup | None
        region: Region | None
        body: Sealed

    class Withdrawn(Aggregate.Event):
        """The comment's author took it back; that it was made stays on record."""

        TOPIC = "comment.withdrawn.v1"
        draft_id: UUID
        reason: Sealed | None

        def apply(self, aggregate: "Comment") -> None:
            aggregate.withdrawn = True
