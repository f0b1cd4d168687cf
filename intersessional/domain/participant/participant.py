"""A participant: someone the record knows, with roles that begin and end."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from intersessional.domain.act import Role
from intersessional.domain.occurred import Occurred
from intersessional.domain.sealed import Sealed
from intersessional.domain.subject import First, Subject


class StakeholderGroup(Enum):
    """The part of the multistakeholder community someone speaks from (DOMAIN A1)."""

    GOVERNMENT = "GOVERNMENT"
    INTERGOVERNMENTAL_ORGANIZATION = "INTERGOVERNMENTAL_ORGANIZATION"
    CIVIL_SOCIETY = "CIVIL_SOCIETY"
    TECHNICAL_COMMUNITY = "TECHNICAL_COMMUNITY"
    PRIVATE_SECTOR = "PRIVATE_SECTOR"


class Region(Enum):
    """The United Nations regional group someone speaks from (DOMAIN A1, B1)."""

    AFRICAN = "AFRICAN"
    ASIA_PACIFIC = "ASIA_PACIFIC"
    EASTERN_EUROPEAN = "EASTERN_EUROPEAN"
    GRULAC = "GRULAC"
    WEOG = "WEOG"
    INTERGOVERNMENTAL_ORGANIZATION = "INTERGOVERNMENTAL_ORGANIZATION"
    OTHER = "OTHER"


@dataclass(frozen=True)
class Tenure:
    """A role held from one instant, and to another once it has ended."""

    role: Role
    begins: datetime
    ends: datetime | None = None


class Participant(Subject):
    """Someone the record knows, with the roles they held and hold."""

    TOPIC = "participant"

    tenures: tuple[Tenure, ...] = ()
    accepted_code_of_conduct: int = 0

    class Registered(First):
        """Someone became known to the record."""

        TOPIC = "participant.registered.v1"
        display_name: Sealed | None
        stakeholder_group: StakeholderGroup | None
        region: Region | None

    class CodeOfConductAccepted(Subject.Event):
        """The participant accepted a version of the IGF Code of Conduct."""

        TOPIC = "participant.code_of_conduct_accepted.v1"
        accepted_version: int

        def apply(self, aggregate: "Participant") -> None:
            aggregate.accepted_code_of_conduct = self.accepted_version

    class RoleGranted(Subject.Event):
        """The participant began to hold a role."""

        TOPIC = "participant.role_granted.v1"
        role: Role
        since: Occurred

        def apply(self, aggregate: "Participant") -> None:
            aggregate.tenures = (*aggregate.tenures, Tenure(self.role, self.since.begins))

    class RoleEnded(Subject.Event):
        """The participant ceased to hold a role."""

        TOPIC = "participant.role_ended.v1"
        role: Role
        until: Occurred

        def apply(self, aggregate: "Participant") -> None:
            aggregate.tenures = tuple(
                Tenure(tenure.role, tenure.begins, self.until.ends)
                if tenure.role is self.role and tenure.ends is None
                else tenure
                for tenure in aggregate.tenures
            )

    def holds(self, role: Role, at: datetime) -> bool:
        """Whether the participant held the role at that instant; anyone registered may comment."""
        return role is Role.COMMENTER or any(
            tenure.role is role
            and tenure.begins <= at
            and (tenure.ends is None or at < tenure.ends)
            for tenure in self.tenures
        )
