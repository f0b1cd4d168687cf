"""The view of policies."""

from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.policy.policy import Policy, PolicyKey
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class RuleDocument:
    """A rule, in force from one decision to the next."""

    value: int
    decision_id: UUID
    rationale: Sealed | None
    position: int
    historical: bool
    """Whether it is taken from sources."""


@dataclass(frozen=True)
class PolicyDocument:
    """The rule on one matter in one cycle, with the rules it superseded, oldest first."""

    cycle_id: UUID
    key: PolicyKey
    rules: tuple[RuleDocument, ...]


def _evolve(policy: PolicyDocument | None, recorded: RecordedEvent) -> PolicyDocument | None:
    match recorded.event:
        case Policy.Adopted() | Policy.Superseded() as event:
            rule = RuleDocument(
                value=event.value,
                decision_id=event.decision_id,
                rationale=event.rationale,
                position=recorded.position,
                historical=event.act.provenance.historical,
            )
            if policy is None:
                return PolicyDocument(event.cycle_id, event.key, (rule,))
            return replace(policy, rules=(*policy.rules, rule))
        case _:
            return policy


POLICIES = View(
    name="policies",
    version=2,
    document=PolicyDocument,
    keys=stream_of(Policy),
    evolve=_evolve,
    lists=lambda policy: under(policy.cycle_id, policy.key.value),
)
