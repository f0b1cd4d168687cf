"""A policy of a cycle: adopted by a decision, superseded by another, never edited."""

from enum import Enum
from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import policy_id
from intersessional.domain.kernel.numbers import bounded_int
from intersessional.domain.kernel.sealed import Permanent, Sealed


class PolicyKey(Enum):
    """The matter of a policy, with the unit of its value."""

    BPF_CAP = "BPF_CAP"
    """The greatest number of Best Practice Forums in a cycle (DOMAIN row 8)."""
    COMMENT_WINDOW_WEEKS = "COMMENT_WINDOW_WEEKS"
    """Weeks before the annual meeting at which drafts open for comment (DOMAIN rows 36, 37)."""

    @property
    def value_max(self) -> int:
        """The greatest value that a decision can give it."""
        return _VALUE_MAX[self]


_VALUE_MAX = {PolicyKey.BPF_CAP: 100, PolicyKey.COMMENT_WINDOW_WEEKS: 52}


class Policy(Aggregate):
    """The rule on one matter in one cycle."""

    TOPIC = "policy"

    cycle_id: UUID
    year: int
    key: PolicyKey
    value: int
    set_by: EventRef | None = None
    """The event that set the value."""

    class Adopted(CreatedEvent):
        """A decision made this the rule."""

        TOPIC = "policy.adopted.v1"
        cycle_id: UUID
        year: int
        key: PolicyKey
        value: int
        decision_id: UUID
        rationale: Permanent | None

        def apply(self, aggregate: "Policy") -> None:
            aggregate.set_by = EventRef.to(self)

    class Superseded(Aggregate.Event):
        """A later decision put another value in the rule's place."""

        TOPIC = "policy.superseded.v1"
        cycle_id: UUID
        year: int
        key: PolicyKey
        value: int
        decision_id: UUID
        rationale: Permanent | None

        def apply(self, aggregate: "Policy") -> None:
            aggregate.value = self.value
            aggregate.set_by = EventRef.to(self)

    @classmethod
    def adopt(
        cls,
        act: Act,
        *,
        cycle: Cycle,
        key: PolicyKey,
        value: int,
        decision_id: UUID,
        rationale: Sealed | None = None,
    ) -> Self:
        """Adopt the first rule on the matter in the cycle. Raises BadValue."""
        return cls.create(
            cls.Adopted,
            id=policy_id(cycle.year, key.value),
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
            key=key,
            value=bounded_int("value", value, 0, key.value_max),
            decision_id=decision_id,
            rationale=rationale,
        )

    def supersede(
        self, act: Act, *, value: int, decision_id: UUID, rationale: Sealed | None = None
    ) -> None:
        """Replace the rule's value. Raises BadValue."""
        self.record(
            Policy.Superseded,
            act=act,
            cycle_id=self.cycle_id,
            year=self.year,
            key=self.key,
            value=bounded_int("value", value, 0, self.key.value_max),
            decision_id=decision_id,
            rationale=rationale,
        )
