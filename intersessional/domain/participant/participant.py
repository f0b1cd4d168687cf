"""A participant, with roles that begin and end."""

from datetime import datetime
from itertools import combinations
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import validated_optional_name, validated_optional_text
from intersessional.domain.participant.code_of_conduct import CODE_OF_CONDUCT
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.participant.tenure import NO_TENURES, Tenure, TenureEnd, TenureRegister

_GRANTED_ROLES = (Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)

TENURES_MAX = 100
"""Beginnings and ends of roles of one participant."""
CHANGES_MAX = 100
"""Changes of one participant's name, stakeholder group or region."""


class Participant(Aggregate):
    """A registered person, with their past and present roles."""

    TOPIC = "participant"

    stakeholder_group: StakeholderGroup | None
    region: Region | None
    changes: int = 0
    register_of_roles: TenureRegister = NO_TENURES
    accepted_code_of_conduct: int = 0

    class Registered(CreatedEvent):
        """Someone became known to the record."""

        TOPIC = "participant.registered.v1"
        display_name: Erasable | None
        stakeholder_group: StakeholderGroup | None
        region: Region | None

    class Changed(Aggregate.Event):
        """The participant took another name, stakeholder group or region."""

        TOPIC = "participant.changed.v1"
        display_name: Erasable | None
        stakeholder_group: StakeholderGroup | None
        region: Region | None

        def apply(self, aggregate: "Participant") -> None:
            aggregate.stakeholder_group = self.stakeholder_group or aggregate.stakeholder_group
            aggregate.region = self.region or aggregate.region
            aggregate.changes += 1

    class CodeOfConductAccepted(Aggregate.Event):
        """The participant accepted a version of the IGF Code of Conduct."""

        TOPIC = "participant.code_of_conduct_accepted.v1"
        FIXED = ("accepted_version",)
        accepted_version: int

        def apply(self, aggregate: "Participant") -> None:
            aggregate.accepted_code_of_conduct = self.accepted_version

    class RoleGranted(Aggregate.Event):
        """The participant holds a role from a time on, or has held it since an unknown time."""

        TOPIC = "participant.role_granted.v1"
        FIXED = ("role",)
        tenure_id: UUID
        role: Role
        since: Occurred | None
        until: Occurred | None
        reason: Permanent | None

        def check_values(self) -> None:
            Participant.check_grant(self.role, self.tenure.known_from, self.until)

        @property
        def tenure(self) -> Tenure:
            """The tenure that began."""
            return Tenure(
                id=self.tenure_id,
                holder=self.originator_id,
                role=self.role,
                since=self.since,
                known_from=self.since or self.act.occurred,
                until=self.until,
            )

        def apply(self, aggregate: "Participant") -> None:
            aggregate.register_of_roles = aggregate.register_of_roles.with_granted(self.tenure)

    class RoleEnded(Aggregate.Event):
        """The participant ceased to hold a role in one of their tenures."""

        TOPIC = "participant.role_ended.v1"
        FIXED = ("role",)
        tenure_id: UUID
        role: Role
        until: Occurred

        @property
        def end(self) -> TenureEnd:
            """The end of the tenure."""
            return TenureEnd(self.tenure_id, self.until)

        def apply(self, aggregate: "Participant") -> None:
            aggregate.register_of_roles = aggregate.register_of_roles.with_end(self.end)

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

    def change(
        self,
        act: Act,
        *,
        display_name: str | None = None,
        stakeholder_group: StakeholderGroup | None = None,
        region: Region | None = None,
    ) -> None:
        """Take another name, stakeholder group or region. Raises BadValue, LimitReached."""
        if self.changes >= CHANGES_MAX:
            raise LimitReached(kind="changes of a participant", most=CHANGES_MAX)
        if display_name is None and stakeholder_group is None and region is None:
            problem = "give a name, a stakeholder group or a region."
            raise BadValue(field="display_name", problem=problem)
        self.record(
            Participant.Changed,
            act=act,
            display_name=validated_optional_name("display_name", display_name),
            stakeholder_group=stakeholder_group,
            region=region,
        )

    def accept_code_of_conduct(
        self, act: Act, version: int, *, in_force: int = CODE_OF_CONDUCT
    ) -> None:
        """Accept the version in force, once. Raises BadValue, AlreadyRecorded."""
        if version != in_force:
            raise BadValue(field="version", problem=f"version {in_force} is in force.")
        if self.accepted_code_of_conduct == version:
            raise AlreadyRecorded(kind="acceptance", id=self.id)
        self.record(Participant.CodeOfConductAccepted, act=act, accepted_version=version)

    @staticmethod
    def check_grant(role: Role, begins: Occurred, until: Occurred | None) -> None:
        """Check that a role is granted to people, and ends after it begins. Raises BadValue."""
        if role not in _GRANTED_ROLES:
            raise BadValue(field="role", problem=f"{role.value} is not granted to a person.")
        if until is not None and until.ends <= begins.begins:
            raise BadValue(field="until", problem="it is not after the role begins.")

    def grant_role(
        self,
        act: Act,
        *,
        tenure_id: UUID,
        role: Role,
        since: Occurred | None,
        until: Occurred | None,
        reason: str | None = None,
    ) -> None:
        """Begin to hold a role that goes with every other held in that time.

        Raises BadValue, LimitReached.
        """
        known_from = since or act.occurred
        self.check_grant(role, known_from, until)
        self._check_limit()
        tenure = Tenure(
            id=tenure_id,
            holder=self.id,
            role=role,
            since=since,
            known_from=known_from,
            until=until,
        )
        for held in filter(tenure.overlaps, self.tenures):
            _check_compatible(role, held.role)
        self.record(
            Participant.RoleGranted,
            act=act,
            tenure_id=tenure_id,
            role=role,
            since=since,
            until=until,
            reason=validated_optional_text("reason", reason),
        )

    def end_role(self, act: Act, *, role: Role, until: Occurred) -> None:
        """Cease to hold a role that is held. Raises BadValue, LimitReached."""
        self._check_limit()
        for held in self.tenures:
            if held.role is role and held.can_end(until):
                self.record(
                    Participant.RoleEnded, act=act, tenure_id=held.id, role=role, until=until
                )
                return
        raise BadValue(field="until", problem="the participant does not hold the role then.")

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """The past and present roles, in the order in which they began."""
        return self.register_of_roles.tenures

    def tenure(self, id: UUID) -> Tenure:
        """The tenure with this id. Raises KeyError when there is none."""
        return {one.id: one for one in self.tenures}[id]

    def holds(self, role: Role, at: datetime) -> bool:
        """Whether the participant held the role at that instant; anyone registered may comment."""
        return self.lacks(role, Occurred.instant(at)) is None

    def held(self, role: Role, act: Act) -> bool:
        """Whether the participant held the role for a fact of this act, as ``lacks`` says."""
        historical = act.provenance.historical
        return self.lacks(role, act.occurred, historical=historical) is None

    def lacks(self, role: Role, occurred: Occurred, *, historical: bool = False) -> datetime | None:
        """The instant at which a fact needed the role and it was not held; None if it was held.

        A fact of a period needs it when the period begins and when it ends, and of history, whose
        instant no source gives, at some instant in it (ADR 0030).
        """
        return self.register_of_roles.lacks(role, occurred, historical=historical)

    def check_corrected(self) -> None:
        """Check that the roles of each time go together. Raises BadValue."""
        for one, other in combinations(self.tenures, 2):
            if one.overlaps(other):
                _check_compatible(one.role, other.role)

    def _check_limit(self) -> None:
        register = self.register_of_roles
        if len(register.granted) + len(register.ends) >= TENURES_MAX:
            raise LimitReached(kind="beginnings and ends of roles of a person", most=TENURES_MAX)


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
