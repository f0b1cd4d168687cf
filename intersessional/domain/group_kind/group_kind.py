"""A kind of intersessional group: its definitions, each from its time on."""

from typing import Self
from uuid import UUID

from intersessional.domain.group_kind.group_kind_rules import GroupKindRules
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import group_kind_id
from intersessional.domain.kernel.keys import validated_key
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, LimitReached
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_name
from intersessional.domain.kernel.timeline import Timeline
from intersessional.domain.policy.policy_form import CAP_SUFFIX

DEFINITIONS_MAX = 100
"""Definitions of one kind."""


class GroupKind(Aggregate):
    """A kind of group, and the rules for its groups over time."""

    TOPIC = "group_kind"

    key: str
    rules: Timeline[GroupKindRules] = Timeline()

    class Named(CreatedEvent):
        """A kind of group got the key by which the record knows it; no rule follows from it."""

        TOPIC = "group_kind.named.v1"
        key: str

    class Defined(Aggregate.Event):
        """It was laid down what applied to groups of this kind from then on."""

        TOPIC = "group_kind.defined.v1"
        key: str
        name: Permanent
        proposed: bool
        capped_by: str | None
        windowed: bool
        decision_id: UUID | None

        def apply(self, aggregate: "GroupKind") -> None:
            rules = GroupKindRules(
                proposed=self.proposed, capped_by=self.capped_by, windowed=self.windowed
            )
            aggregate.rules = aggregate.rules.with_value(EventRef.to(self), rules)

    @classmethod
    def register(cls, act: Act, key: str) -> Self:
        """Register a kind under its key, as yet without a definition. Raises BadValue."""
        id = group_kind_id(validated_key("key", key))
        return cls.create(cls.Named, id=id, act=act, key=key)

    def define(
        self, act: Act, *, name: str, rules: GroupKindRules, decision_id: UUID | None = None
    ) -> None:
        """Define what applies to its groups from then on. Raises BadValue, LimitReached."""
        if len(self.rules.values) >= DEFINITIONS_MAX:
            raise LimitReached(kind="definitions of a kind of group", most=DEFINITIONS_MAX)
        self.record(
            GroupKind.Defined,
            act=act,
            key=self.key,
            name=validated_name("name", name),
            proposed=rules.proposed,
            capped_by=_validated_cap(rules.capped_by),
            windowed=rules.windowed,
            decision_id=decision_id,
        )

    def rules_at(self, occurred: Occurred) -> GroupKindRules | None:
        """What the record lays down for something that occurred then; None before the first."""
        found = self.rules.at(occurred)
        return None if found is None else found.value


def _validated_cap(key: str | None) -> str | None:
    """The key of a policy that can be a cap, or None. Raises BadValue."""
    if key is not None and not validated_key("capped_by", key).endswith(CAP_SUFFIX):
        raise BadValue(field="capped_by", problem=f"a cap has a key that ends with {CAP_SUFFIX}.")
    return key
