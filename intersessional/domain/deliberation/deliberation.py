"""A deliberation on a proposal: opened on a channel, on the revision that there is then."""

from typing import Self
from uuid import UUID

from intersessional.domain.deliberation.deliberation_channel import DeliberationChannel
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.sealed import Erasable
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.proposal.proposal import Proposal


class Deliberation(Aggregate):
    """A deliberation of the MAG on a proposal as it is written."""

    TOPIC = "deliberation"

    class Opened(CreatedEvent):
        """The MAG began to deliberate on a proposal, on a list or in a call."""

        TOPIC = "deliberation.opened.v1"
        cycle_id: UUID
        proposal_id: UUID
        revision: int
        channel: DeliberationChannel
        meeting_id: UUID | None
        source: Erasable | None

    @classmethod
    def open(
        cls,
        act: Act,
        *,
        id: UUID,
        proposal: Proposal,
        channel: DeliberationChannel,
        meeting_id: UUID | None = None,
        source: str | None = None,
    ) -> Self:
        """Deliberate on a proposal while it is undecided. Raises ProposalFrozen, BadValue."""
        past = proposal.check_undecided(act)
        return cls.create(
            cls.Opened,
            id=id,
            act=act,
            cycle_id=proposal.cycle_id,
            proposal_id=proposal.id,
            revision=past.revision,
            channel=channel,
            meeting_id=meeting_id,
            source=validated_optional_text("source", source),
        )
