"""The view of deliberations on proposals."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.deliberation.deliberation import Deliberation
from intersessional.domain.deliberation.deliberation_channel import DeliberationChannel
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class DeliberationDocument:
    """A deliberation on a proposal, and the revision that there was when it was opened."""

    proposal_id: UUID
    revision: int
    channel: DeliberationChannel
    meeting_id: UUID | None
    source: Sealed | None
    opened: Occurred


def _evolve(
    deliberation: DeliberationDocument | None, recorded: RecordedEvent
) -> DeliberationDocument | None:
    event = recorded.event
    if not isinstance(event, Deliberation.Opened):
        return deliberation
    return DeliberationDocument(
        proposal_id=event.proposal_id,
        revision=event.revision,
        channel=event.channel,
        meeting_id=event.meeting_id,
        source=event.source,
        opened=event.act.occurred,
    )


DELIBERATIONS = View(
    name="deliberations",
    version=1,
    document=DeliberationDocument,
    keys=stream_of(Deliberation),
    evolve=_evolve,
    lists=lambda deliberation: under(deliberation.proposal_id),
)
