"""Handler of the command that records a policy, and what decisions and others ask of policies."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import cycle_id, policy_id, source_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_optional_text, validated_slug
from intersessional.domain.kernel.timeline import EffectiveValue
from intersessional.domain.policy.commands import RecordPolicy, SetPolicy
from intersessional.domain.policy.policy import Policy, PolicyBasis
from intersessional.domain.policy.policy_value import PolicyValue
from intersessional.domain.policy.values import validated_policy_value
from intersessional.domain.source.source import Source


@dataclass(frozen=True)
class PolicyChange:
    """A policy that was just set, and whether another rule was in force before."""

    policy: Policy
    supersedes: bool


async def record_policy(command: RecordPolicy, context: CommandContext) -> UUID:
    """Record a policy that a document lays down, as history."""
    act = await context.act_as(Role.SECRETARIAT)
    if not act.provenance.historical:
        raise DecisionRequired
    if (command.year is None) != command.policy.general:
        problem = "give the year of the cycle, or say that the policy is general."
        raise BadValue(field="year", problem=problem)
    cycle = None if command.year is None else await context.load(Cycle, cycle_id(command.year))
    await context.load(Source, source_id(validated_slug("document", command.document)))
    basis = PolicyBasis(
        document=command.document, words=validated_optional_text("words", command.words)
    )
    try:
        change = await set_policy(context, act, cycle, command.policy, basis)
    except BadValue as refused:
        raise refused.within("policy") from None
    return change.policy.id


async def set_policy(
    context: CommandContext, act: Act, cycle: Cycle | None, setting: SetPolicy, basis: PolicyBasis
) -> PolicyChange:
    """Set the policy of a cycle, or the general one. Raises BadValue, LimitReached."""
    value = validated_policy_value(setting)
    cycle = None if setting.general else cycle
    year = None if cycle is None else cycle.year
    policy = await context.find(Policy, policy_id(year, setting.key))
    if policy is None:
        policy = Policy.adopt(
            act,
            cycle_id=None if cycle is None else cycle.id,
            year=year,
            key=setting.key,
            value=value,
            basis=basis,
        )
        context.add(policy)
        return PolicyChange(policy, supersedes=False)
    supersedes = policy.in_force(act.occurred) is not None
    policy.supersede(act, value=value, basis=basis)
    return PolicyChange(policy, supersedes=supersedes)


async def policy_in_force(
    context: CommandContext, key: str, year: int, occurred: Occurred | None = None
) -> EffectiveValue[PolicyValue] | None:
    """The rule on a matter in a cycle at a time, by default the one that took effect last.

    A rule of the cycle itself goes before a general one.
    """
    for scope in (year, None):
        policy = await context.find(Policy, policy_id(scope, key))
        if policy is not None:
            rule = policy.rules.latest if occurred is None else policy.in_force(occurred)
            if rule is not None:
                return rule
    return None
