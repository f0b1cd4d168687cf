"""Handler of the command that records a policy, and what decisions and others ask of policies."""

from dataclasses import replace
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.document.document import Document
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import cycle_id, policy_id, source_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_optional_text, validated_slug
from intersessional.domain.kernel.timeline import EffectiveValue, Timeline
from intersessional.domain.policy.commands import RecordPolicy, SetPolicy
from intersessional.domain.policy.policy import Policy, PolicyBasis
from intersessional.domain.policy.policy_value import PolicyValue
from intersessional.domain.policy.rules_over_time import RulesOverTime
from intersessional.domain.policy.values import validated_policy_value
from intersessional.domain.source.source import Source


async def record_policy(command: RecordPolicy, context: CommandContext) -> UUID:
    """Record a policy that a source lays down, as history."""
    act = await context.act_as(Role.SECRETARIAT)
    if not act.provenance.historical:
        raise DecisionRequired
    if (command.year is None) != command.policy.general:
        problem = "give the year of the cycle, or say that the policy is general."
        raise BadValue(field="year", problem=problem)
    cycle = None if command.year is None else await context.load(Cycle, cycle_id(command.year))
    await context.load(Source, source_id(validated_slug("source", command.source)))
    basis = PolicyBasis(
        source=command.source, words=validated_optional_text("words", command.words)
    )
    try:
        policy = await set_policy(context, act, cycle, command.policy, basis)
    except BadValue as refused:
        raise refused.within("policy") from None
    return policy.id


async def set_policy(
    context: CommandContext, act: Act, cycle: Cycle | None, setting: SetPolicy, basis: PolicyBasis
) -> Policy:
    """Set the policy of a cycle, or the general one. Raises BadValue, LimitReached, NotFound."""
    if setting.document is not None:
        await context.load(Document, setting.document)
        basis = replace(basis, document_id=setting.document)
    value = validated_policy_value(setting)
    cycle = None if setting.general else cycle
    year = None if cycle is None else cycle.year
    policy = await context.find(Policy, policy_id(year, setting.key))
    if policy is None:
        policy = Policy.register(
            act, cycle_id=None if cycle is None else cycle.id, year=year, key=setting.key
        )
        context.add(policy)
    await context.check_right(policy)
    policy.set(act, value=value, basis=basis)
    return policy


async def rules_over_time(context: CommandContext, key: str, year: int) -> RulesOverTime:
    """The rules on a matter in a cycle, those of the cycle itself and the general ones."""
    of_cycle, general = [
        await context.find(Policy, policy_id(scope, key)) for scope in (year, None)
    ]
    return RulesOverTime(
        Timeline() if of_cycle is None else of_cycle.rules,
        Timeline() if general is None else general.rules,
    )


async def policy_in_force(
    context: CommandContext, key: str, year: int, occurred: Occurred | None = None
) -> EffectiveValue[PolicyValue] | None:
    """The rule on a matter in a cycle at a time, by default the one that took effect last."""
    rules = await rules_over_time(context, key, year)
    return rules.latest if occurred is None else rules.at(occurred)
