"""A participant: someone the record knows, with roles that begin and end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed


class StakeholderGroup(Enum):
    """The part of the multistakeholder community someone speaks from (DOMAIN A1)."""

    GOVERNMENT = "GOVERNMENT"
    """Governments."""
    INTERGOVERNMENTAL_ORGANIZATION = "INTERGOVERNMENTAL_ORGANIZATION"
    """Intergovernmental organizations."""
    CIVIL_SOCIETY = "CIVIL_SOCIETY"
    """Civil society."""
    TECHNICAL_COMMUNITY = "TECHNICAL_COMMUNITY"
    """The technical community."""
    PRIVATE_SECTOR = "PRIVATE_SECTOR"
    """The private sector."""


class Region(Enum):
    """The United Nations regional group someone speaks from (DOMAIN A1, B1)."""

    AFRICAN = "AFRICAN"
    """The African Group."""
    ASIA_PACIFIC = "ASIA_PACIFIC"
    """The Asia and the Pacific Group."""
    EASTERN_EUROPEAN = "EASTERN_EUROPEAN"
    """The Eastern European Group."""
    GRULAC = "GRULAC"
    """The Latin American and Caribbean Group."""
    WEOG = "WEOG"
    """The Western European and Others Group."""
    INTERGOVERNMENTAL_ORGANIZATION = "INTERGOVERNMENTAL_ORGANIZATION"
    """Counted by no region, but among intergovernmental organizations."""
    OTHER = "OTHER"
    """None of these."""


CODE_OF_CONDUCT = 1
"""The version of the IGF Code of Conduct that is in force."""


@dataclass(frozen=True)
class Tenure:
    """A role held since then, and until then once its end is known, as exactly as sources tell."""

    role: Role
    since: Occurred
    until: Occurred | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether the role is held at this moment."""
        return self.since.begins <= moment and (self.until is None or moment < self.until.ends)

    def meets(self, other: "Tenure") -> bool:
        """Whether there is a moment that both cover."""
        return (other.until is None or self.since.begins < other.until.ends) and (
            self.until is None or other.since.begins < self.until.ends
        )

    def can_end(self, until: Occurred) -> bool:
        """Whether this end comes after it begins, and before any end that is known."""
        return self.since.begins < until.ends and (
            self.until is None or until.ends < self.until.ends
        )


class Participant(Aggregate):
    """Someone the record knows, with the roles they held and hold."""

    TOPIC = "participant"

    stakeholder_group: StakeholderGroup | None
    region: Region | None
    tenures: tuple[Tenure, ...] = ()
    accepted_code_of_conduct: int = 0

    class Registered(CreatedEvent):
        """Someone became known to the record."""

        TOPIC = "participant.registered.v1"
        display_name: Sealed | None
        stakeholder_group: StakeholderGroup | None
        region: Region | None

    class CodeOfConductAccepted(Aggregate.Event):
        """The participant accepted a version of the IGF Code of Conduct."""

        TOPIC = "participant.code_of_conduct_accepted.v1"
        accepted_version: int

        def apply(self, aggregate: "Participant") -> None:
            aggregate.accepted_code_of_conduct = self.accepted_version

    class RoleGranted(Aggregate.Event):
        """The participant began to hold a role, until an end where that is known."""

        TOPIC = "participant.role_granted.v1"
        role: Role
        since: Occurred
        until: Occurred | None

        def apply(self, aggregate: "Participant") -> None:
            tenure = Tenure(self.role, self.since, self.until)
            aggregate.tenures = (*aggregate.tenures, tenure)

    class RoleEnded(Aggregate.Event):
        """The participant ceased to hold a role."""

        TOPIC = "participant.role_ended.v1"
        role: Role
        until: Occurred

        def apply(self, aggregate: "Participant") -> None:
            aggregate.tenures = ended(aggregate.tenures, self.role, self.until)

    def holds(self, role: Role, at: datetime) -> bool:
        """Whether the participant held the role at that instant; anyone registered may comment."""
        return role is Role.COMMENTER or any(
            tenure.role is role and tenure.covers(at) for tenure in self.tenures
        )


def ended(tenures: Iterable[Tenure], role: Role, until: Occurred) -> tuple[Tenure, ...]:
    """These tenures, of which the one in this role that can end then has ended."""
    return tuple(
        replace(tenure, until=until) if tenure.role is role and tenure.can_end(until) else tenure
        for tenure in tenures
    )
