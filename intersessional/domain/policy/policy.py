"""A policy: the rules on one matter, each from its time on, never edited."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import policy_id
from intersessional.domain.kernel.keys import validated_key
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, LimitReached
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.timeline import EffectiveValue, Timeline
from intersessional.domain.policy.policy_form import check_value
from intersessional.domain.policy.policy_value import PolicyValue

RULES_MAX = 200
"""Rules that one policy can have over time."""


@dataclass(frozen=True, kw_only=True)
class PolicyBasis:
    """What a rule rests on: a decision of the MAG, or a source where no decision is known.

    A document may be named beside either.
    """

    decision_id: UUID | None = None
    source: str | None = None
    """The key of the source that lays it down."""
    words: Permanent | None = None
    """The words of the source that lay it down."""
    document_id: UUID | None = None
    """The document that lays it down, beside the decision or the source."""

    def check(self) -> None:
        """Check that it is either a decision or a source, with words or without. Raises BadValue.

        A decision states its words itself.
        """
        if (self.decision_id is None) == (self.source is None):
            raise BadValue(field="basis", problem="give either the decision or the source.")
        if self.words is not None and self.source is None:
            raise BadValue(field="words", problem="a decision states its words itself.")


class Policy(Aggregate):
    """The rule on one matter in one cycle, or in all that have no rule of their own."""

    TOPIC = "policy"

    cycle_id: UUID | None
    year: int | None
    key: str
    rules: Timeline[PolicyValue] = Timeline()

    class Named(CreatedEvent):
        """A matter of policy got the key by which the record knows it; no rule follows from it."""

        TOPIC = "policy.named.v1"
        cycle_id: UUID | None
        year: int | None
        key: str

    class Set(Aggregate.Event):
        """A decision or a source made this the rule; it replaced the rule that held before it."""

        TOPIC = "policy.set.v1"
        FIXED = ("value.kind",)
        cycle_id: UUID | None
        year: int | None
        key: str
        value: PolicyValue
        basis: PolicyBasis

        def check_values(self) -> None:
            check_value(self.key, self.value)
            self.basis.check()

        def apply(self, aggregate: "Policy") -> None:
            aggregate.rules = aggregate.rules.with_value(EventRef.to(self), self.value)

    @classmethod
    def register(cls, act: Act, *, cycle_id: UUID | None, year: int | None, key: str) -> Self:
        """Register a matter under its key, as yet without a rule. Raises BadValue."""
        return cls.create(
            cls.Named,
            id=policy_id(year, validated_key("key", key)),
            act=act,
            cycle_id=cycle_id,
            year=year,
            key=key,
        )

    def set(self, act: Act, *, value: PolicyValue, basis: PolicyBasis) -> None:
        """Lay down a rule, from the time of the act on. Raises BadValue, LimitReached."""
        basis.check()
        if len(self.rules.values) >= RULES_MAX:
            raise LimitReached(kind="rules of a policy", most=RULES_MAX)
        self.record(
            Policy.Set,
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
