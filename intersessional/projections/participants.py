"""People as readers see them."""

from dataclasses import dataclass, replace

from intersessional.domain.act import Role
from intersessional.domain.occurred import Occurred
from intersessional.domain.participant.participant import (
    Participant,
    Region,
    StakeholderGroup,
)
from intersessional.domain.sealed import Sealed
from intersessional.projections.recorded import Recorded
from intersessional.projections.view import Shelf, View


@dataclass(frozen=True)
class TenureDocument:
    """A role held since then, and until then once it has ended, as exactly as sources tell."""

    role: Role
    since: Occurred
    until: Occurred | None = None


@dataclass(frozen=True)
class ParticipantDocument:
    """Someone the record knows."""

    display_name: Sealed | None
    stakeholder_group: StakeholderGroup | None
    region: Region | None
    tenures: tuple[TenureDocument, ...] = ()


def _evolve(
    participant: ParticipantDocument | None, recorded: Recorded
) -> ParticipantDocument | None:
    event = recorded.event
    if isinstance(event, Participant.Registered):
        return ParticipantDocument(event.display_name, event.stakeholder_group, event.region)
    if participant is None:
        return None
    match event:
        case Participant.RoleGranted():
            tenure = TenureDocument(event.role, event.since)
            return replace(participant, tenures=(*participant.tenures, tenure))
        case Participant.RoleEnded():
            tenures = tuple(
                replace(tenure, until=event.until)
                if tenure.role is event.role and tenure.until is None
                else tenure
                for tenure in participant.tenures
            )
            return replace(participant, tenures=tenures)
        case _:
            return participant


PARTICIPANTS = View(
    name="participants",
    version=1,
    document=ParticipantDocument,
    key=lambda recorded: recorded.stream if isinstance(recorded.event, Participant.Event) else None,
    evolve=_evolve,
    shelf=lambda _: Shelf(),
)
