"""A modality of a group: proposed, supported, adopted, perhaps replaced."""

from typing import Self
from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.numbers import optional_bounded_int
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import validated_optional_text, validated_text
from intersessional.domain.membership.membership import Membership
from intersessional.domain.modality.modality_state import ModalityState
from intersessional.domain.modality.refusals import ModalityNotIn

SUPPORT_MAX = 100_000
"""Supporters who are counted at a meeting."""


class Modality(Aggregate):
    """How a group works: its methods are its own choice (DOMAIN row 25)."""

    TOPIC = "modality"

    group_id: UUID
    cycle_id: UUID | None
    supporters: tuple[UUID, ...] = ()
    """The memberships of those who supported it here."""
    state: ModalityState = ModalityState.PROPOSED

    class Proposed(CreatedEvent):
        """It was proposed how the group works."""

        TOPIC = "modality.proposed.v1"
        group_id: UUID
        cycle_id: UUID | None
        modality: Permanent
        meeting_id: UUID | None

    class Supported(Aggregate.Event):
        """A member of the group supported the modality."""

        TOPIC = "modality.supported.v1"
        group_id: UUID
        membership_id: UUID

        def apply(self, aggregate: "Modality") -> None:
            aggregate.supporters = (*aggregate.supporters, self.membership_id)

    class Adopted(Aggregate.Event):
        """The group adopted the modality, with the support that was counted or no objection."""

        TOPIC = "modality.adopted.v1"
        FIXED = ("supported",)
        group_id: UUID
        supported: int
        support: int | None
        without_objection: bool
        meeting_id: UUID | None
        evidence: Erasable | None
        replaces: UUID | None

        def check_values(self) -> None:
            optional_bounded_int("support", self.support, 0, SUPPORT_MAX)

        def apply(self, aggregate: "Modality") -> None:
            aggregate.state = ModalityState.ADOPTED

    class Replaced(Aggregate.Event):
        """The group adopted another modality in place of this one."""

        TOPIC = "modality.replaced.v1"
        group_id: UUID
        replaced_by: UUID

        def apply(self, aggregate: "Modality") -> None:
            aggregate.state = ModalityState.REPLACED

    @classmethod
    def propose(
        cls, act: Act, group: Group, *, id: UUID, modality: str, meeting_id: UUID | None = None
    ) -> Self:
        """Propose how a group works. Raises BadValue."""
        return cls.create(
            cls.Proposed,
            id=id,
            act=act,
            group_id=group.id,
            cycle_id=group.at(act.occurred).cycle_id,
            modality=validated_text("modality", modality),
            meeting_id=meeting_id,
        )

    def add_support(self, act: Act, membership: Membership) -> None:
        """Support it, each member once. Raises ModalityNotIn, BadValue, AlreadyRecorded."""
        self._check_state(act, ModalityState.PROPOSED)
        then = membership.at(act.occurred)
        if membership.group_id != self.group_id or then.ended:
            raise BadValue(field="membership", problem="it is none in the group.")
        if membership.id in self.supporters:
            raise AlreadyRecorded(kind="support", id=membership.id)
        self.record(
            Modality.Supported, act=act, group_id=self.group_id, membership_id=membership.id
        )

    def adopt(
        self,
        act: Act,
        *,
        support: int | None = None,
        without_objection: bool = False,
        meeting_id: UUID | None = None,
        evidence: str | None = None,
        replaces: UUID | None = None,
    ) -> None:
        """Adopt it. Raises ModalityNotIn, BadValue."""
        self._check_state(act, ModalityState.PROPOSED)
        self.record(
            Modality.Adopted,
            act=act,
            group_id=self.group_id,
            supported=len(self.at(act.occurred).supporters),
            support=optional_bounded_int("support", support, 0, SUPPORT_MAX),
            without_objection=without_objection,
            meeting_id=meeting_id,
            evidence=validated_optional_text("evidence", evidence),
            replaces=replaces,
        )

    def give_way(self, act: Act, other: "Modality") -> None:
        """Be replaced by another modality of the group. Raises ModalityNotIn, BadValue."""
        if other.group_id != self.group_id:
            raise BadValue(field="replaces", problem="it is of another group.")
        self._check_state(act, ModalityState.ADOPTED)
        self.record(Modality.Replaced, act=act, group_id=self.group_id, replaced_by=other.id)

    def _check_state(self, act: Act, needed: ModalityState) -> None:
        state = self.at(act.occurred).state
        if state is not needed:
            raise ModalityNotIn(modality=self.id, state=state, needed=needed)
