"""A policy: a rule on one matter, its value changed from a time on, never edited."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import policy_id
from intersessional.domain.kernel.keys import validated_key
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.timeline import EffectiveValue, Timeline
from intersessional.domain.policy.policy_value import PolicyValue

RULES_MAX = 200
"""Rules that one policy can have over time."""


@dataclass(frozen=True, kw_only=True)
class PolicyBasis:
    """What a rule rests on: a decision of the MAG, or a document where no decision is known."""

    decision_id: UUID | None = None
    document: str | None = None
    """The key of the document's source."""
    words: Permanent | None = None
    """The words of the document that lay it down."""


class Policy(Aggregate):
    """The rule on one matter in one cycle, or in all that have no rule of their own."""

    TOPIC = "policy"

    cycle_id: UUID | None
    year: int | None
    key: str
    rules: Timeline[PolicyValue] = Timeline()

    class Adopted(CreatedEvent):
        """A decision or a document made this the rule."""

        TOPIC = "policy.adopted.v1"
        cycle_id: UUID | None
        year: int | None
        key: str
        value: PolicyValue
        basis: PolicyBasis

        def apply(self, aggregate: "Policy") -> None:
            aggregate.rules = aggregate.rules.with_value(EventRef.to(self), self.value)

    class Superseded(Aggregate.Event):
        """Another value is known to have been made the rule, in place of the one of that time."""

        TOPIC = "policy.superseded.v1"
        cycle_id: UUID | None
        year: int | None
        key: str
        value: PolicyValue
        basis: PolicyBasis

        def apply(self, aggregate: "Policy") -> None:
            aggregate.rules = aggregate.rules.with_value(EventRef.to(self), self.value)

    @classmethod
    def adopt(
        cls,
        act: Act,
        *,
        cycle_id: UUID | None,
        year: int | None,
        key: str,
        value: PolicyValue,
        basis: PolicyBasis,
    ) -> Self:
        """Lay down the first rule that is recorded on the matter. Raises BadValue."""
        return cls.create(
            cls.Adopted,
            id=policy_id(year, validated_key("key", key)),
            act=act,
            cycle_id=cycle_id,
            year=year,
            key=key,
            value=value,
            basis=basis,
        )

    def supersede(self, act: Act, *, value: PolicyValue, basis: PolicyBasis) -> None:
        """Lay down another value, from the time of the act on. Raises LimitReached."""
        if len(self.rules.values) >= RULES_MAX:
            raise LimitReached(kind="rules of a policy", most=RULES_MAX)
        self.record(
            Policy.Superseded,
            act=act,
            cycle_id=self.cycle_id,
            year=self.year,
            key=self.key,
            value=value,
            basis=basis,
        )

    def in_force(self, occurred: Occurred) -> EffectiveValue[PolicyValue] | None:
        """The rule in force for something that occurred then; None before the first."""
        return self.rules.at(occurred)
