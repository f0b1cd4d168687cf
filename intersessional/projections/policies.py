"""The view of policies."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.policy import Policy, PolicyBasis
from intersessional.domain.policy.policy_value import PolicyValue
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class RuleDocument:
    """A rule, in force from its time until the next one took effect."""

    value: PolicyValue
    basis: PolicyBasis
    occurred: Occurred
    position: int


@dataclass(frozen=True)
class PolicyDocument:
    """The rule on one matter, with the rules it superseded, in order of effect."""

    cycle_id: UUID | None
    key: str
    rules: tuple[RuleDocument, ...]


def _evolve(policy: PolicyDocument | None, recorded: RecordedEvent) -> PolicyDocument | None:
    match recorded.event:
        case Policy.Set() as event:
            rule = RuleDocument(event.value, event.basis, recorded.occurred, recorded.position)
            if policy is None:
                return PolicyDocument(event.cycle_id, event.key, (rule,))
            return replace(policy, rules=tuple(sorted((*policy.rules, rule), key=_effect)))
        case _:
            return policy


def _effect(rule: RuleDocument) -> tuple[tuple[datetime, datetime], int]:
    return rule.occurred.effect, rule.position


POLICIES = View(
    name="policies",
    version=4,
    document=PolicyDocument,
    keys=stream_of(Policy),
    evolve=_evolve,
    lists=lambda policy: under(policy.cycle_id, policy.key),
)
