"""The view of people."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.participant.tenure import NO_TENURES, Tenure, TenureRegister
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under


@dataclass(frozen=True)
class ParticipantDocument:
    """A registered participant."""

    display_name: Sealed | None
    stakeholder_group: StakeholderGroup | None
    region: Region | None
    roles: TenureRegister = NO_TENURES
    accepted_code_of_conduct: int = 0

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """The past and present roles, in the order in which they began."""
        return self.roles.tenures

    def held(self, role: Role, occurred: Occurred, *, historical: bool) -> bool | None:
        """Whether they held a role for a fact of this time; None where no source of it tells."""
        if self.roles.lacks(role, occurred, historical=historical) is None:
            return True
        return None if historical else False


def _evolve(
    participant: ParticipantDocument | None, recorded: RecordedEvent
) -> ParticipantDocument | None:
    event = recorded.event
    if isinstance(event, Participant.Registered):
        return ParticipantDocument(event.display_name, event.stakeholder_group, event.region)
    if participant is None:
        return None
    match event:
        case Participant.Changed():
            return replace(
                participant,
                display_name=event.display_name or participant.display_name,
                stakeholder_group=event.stakeholder_group or participant.stakeholder_group,
                region=event.region or participant.region,
            )
        case Participant.CodeOfConductAccepted():
            return replace(participant, accepted_code_of_conduct=event.accepted_version)
        case Participant.RoleGranted():
            return replace(participant, roles=participant.roles.with_granted(event.tenure))
        case Participant.RoleEnded():
            return replace(participant, roles=participant.roles.with_end(event.end))
        case _:
            return participant


def holders_of(role: Role) -> ListKey:
    """The list of the participants who held a role at any time."""
    return ListKey(None, role.value)


def accepted(version: int) -> ListKey:
    """The list of the participants who have accepted this version of the code of conduct."""
    return ListKey(None, f"code of conduct {version}")


def _lists(participant: ParticipantDocument) -> Collection[ListKey]:
    roles = {tenure.role.value for tenure in participant.roles.granted}
    version = participant.accepted_code_of_conduct
    return (*under(None, *sorted(roles)), *((accepted(version),) if version else ()))


PARTICIPANTS = View(
    name="participants",
    version=5,
    document=ParticipantDocument,
    keys=stream_of(Participant),
    evolve=_evolve,
    lists=_lists,
)
