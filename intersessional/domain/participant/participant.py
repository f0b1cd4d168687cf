"""A participant, with roles that begin and end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue
from intersessional.domain.kernel.sealed import Erasable
from intersessional.domain.kernel.texts import validated_optional_name


class StakeholderGroup(Enum):
    """The stakeholder group of a person or an organisation (DOMAIN A1)."""

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
    """The United Nations regional group of a person or an organisation (DOMAIN A1, B1)."""

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
    """No region: an intergovernmental organization."""
    OTHER = "OTHER"
    """None of these."""


CODE_OF_CONDUCT = 1
"""The version of the IGF Code of Conduct that is in force."""

_GRANTED_ROLES = (Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)


@dataclass(frozen=True)
class Tenure:
    """A role that someone holds since a time, and until another if it has an end."""

    role: Role
    since: Occurred
    until: Occurred | None = None

    def covers(self, instant: datetime) -> bool:
        """Whether the role is held at this instant."""
        return self.since.begins <= instant and (self.until is None or instant < self.until.ends)

    def overlaps(self, other: "Tenure") -> bool:
        """Whether there is an instant that both cover."""
        return (other.until is None or self.since.begins < other.until.ends) and (
            self.until is None or other.since.begins < self.until.ends
        )

    def can_end(self, until: Occurred) -> bool:
        """Whether this end comes after it begins, and before any end that it has."""
        return self.since.begins < until.ends and (
            self.until is None or until.ends < self.until.ends
        )


class Participant(Aggregate):
    """A registered person, with their past and present roles."""

    TOPIC = "participant"

    stakeholder_group: StakeholderGroup | None
    region: Region | None
    tenures: tuple[Tenure, ...] = ()
    accepted_code_of_conduct: int = 0

    class Registered(CreatedEvent):
        """Someone became known to the record."""

        TOPIC = "participant.registered.v1"
        display_name: Erasable | None
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

    @classmethod
    def register(
        cls,
        act: Act,
        *,
        id: UUID,
        display_name: str | None = None,
        stakeholder_group: StakeholderGroup | None = None,
        region: Region | None = None,
    ) -> Self:
        """Register a participant. Raises BadValue."""
        return cls.create(
            cls.Registered,
            id=id,
            act=act,
            display_name=validated_optional_name("display_name", display_name),
            stakeholder_group=stakeholder_group,
            region=region,
        )

    def accept_code_of_conduct(self, act: Act, version: int) -> None:
        """Accept the version in force, once. Raises BadValue, AlreadyRecorded."""
        if version != CODE_OF_CONDUCT:
            raise BadValue(field="version", problem=f"version {CODE_OF_CONDUCT} is in force.")
        if self.accepted_code_of_conduct == version:
            raise AlreadyRecorded(kind="acceptance", id=self.id)
        self.record(Participant.CodeOfConductAccepted, act=act, accepted_version=version)

    @staticmethod
    def check_grant(role: Role, since: Occurred, until: Occurred | None) -> None:
        """Check that a role is granted to people, and ends after it begins. Raises BadValue."""
        if role not in _GRANTED_ROLES:
            raise BadValue(field="role", problem=f"{role.value} is not granted to a person.")
        if until is not None and until.ends <= since.begins:
            raise BadValue(field="until", problem="it is not after the role begins.")

    def grant_role(self, act: Act, *, role: Role, since: Occurred, until: Occurred | None) -> None:
        """Begin to hold a role that goes with every other held in that time. Raises BadValue."""
        self.check_grant(role, since, until)
        tenure = Tenure(role, since, until)
        for held in filter(tenure.overlaps, self.tenures):
            _check_compatible(role, held.role)
        self.record(Participant.RoleGranted, act=act, role=role, since=since, until=until)

    def end_role(self, act: Act, *, role: Role, until: Occurred) -> None:
        """Cease to hold a role that is held. Raises BadValue."""
        if ended(self.tenures, role, until) == self.tenures:
            raise BadValue(field="until", problem="the participant does not hold the role then.")
        self.record(Participant.RoleEnded, act=act, role=role, until=until)

    def holds(self, role: Role, at: datetime) -> bool:
        """Whether the participant held the role at that instant; anyone registered may comment."""
        return role is Role.COMMENTER or any(
            tenure.role is role and tenure.covers(at) for tenure in self.tenures
        )


def ended(tenures: Iterable[Tenure], role: Role, until: Occurred) -> tuple[Tenure, ...]:
    """The tenures, with the one in this role ended that can end then."""
    return tuple(
        replace(tenure, until=until) if tenure.role is role and tenure.can_end(until) else tenure
        for tenure in tenures
    )


def _check_compatible(wanted: Role, held: Role) -> None:
    """Check two roles of the same time: no role twice, and the Secretariat apart (DOMAIN row 27).

    Raises BadValue.
    """
    if wanted is held:
        problem = f"the participant holds {held.value} in that time already."
        raise BadValue(field="since", problem=problem)
    if Role.SECRETARIAT in (wanted, held):
        raise BadValue(
            field="role",
            problem=f"the participant holds {held.value} in that time; the Secretariat records, "
            "the MAG decides.",
        )
