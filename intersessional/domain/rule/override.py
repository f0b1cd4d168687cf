"""Overrides: what the sender of a command says on deviating from a soft rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import validated_text
from intersessional.domain.rule.soft_rule import RuleStrength, SoftRule


@dataclass(frozen=True, kw_only=True)
class Override:
    """Deviate from a soft rule knowingly. It says nothing where the rule is kept."""

    rule: str
    """The key of the rule: a gate, or a flag on which reasons are given."""
    rationale: str
    """The reasons; at most 20,000 bytes in UTF-8."""


def validated_overrides(
    overrides: Sequence[Override], rules: Mapping[str, SoftRule]
) -> Mapping[str, Sealed]:
    """The reasons that overrides give, by the keys of their rules. Raises BadValue."""
    reasons: dict[str, Sealed] = {}
    for n, one in enumerate(overrides):
        rule = rules.get(one.rule)
        if rule is None:
            raise BadValue(field=f"overrides.{n}.rule", problem="there is no such rule.")
        if rule.strength is RuleStrength.REPORT:
            problem = "no command deviates from this rule."
            raise BadValue(field=f"overrides.{n}.rule", problem=problem)
        if one.rule in reasons:
            raise BadValue(field=f"overrides.{n}.rule", problem="it is overridden twice.")
        reasons[one.rule] = validated_text(f"overrides.{n}.rationale", one.rationale)
    return reasons
