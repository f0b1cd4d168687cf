"""The view of people."""

from dataclasses import dataclass, replace

from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import (
    Participant,
    Region,
    StakeholderGroup,
    Tenure,
    ended,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class ParticipantDocument:
    """A registered participant."""

    display_name: Sealed | None
    stakeholder_group: StakeholderGroup | None
    region: Region | None
    tenures: tuple[Tenure, ...] = ()


def _evolve(
    participant: ParticipantDocument | None, recorded: RecordedEvent
) -> ParticipantDocument | None:
    event = recorded.event
    if isinstance(event, Participant.Registered):
        return ParticipantDocument(event.display_name, event.stakeholder_group, event.region)
    if participant is None:
        return None
    match event:
        case Participant.RoleGranted():
            tenure = Tenure(event.role, event.since, event.until)
            return replace(participant, tenures=(*participant.tenures, tenure))
        case Participant.RoleEnded():
            tenures = ended(participant.tenures, event.role, event.until)
            return replace(participant, tenures=tenures)
        case _:
            return participant


PARTICIPANTS = View(
    name="participants",
    version=1,
    document=ParticipantDocument,
    keys=stream_of(Participant),
    evolve=_evolve,
    lists=lambda _: under(None),
)
