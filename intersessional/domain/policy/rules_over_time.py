"""The rules on one matter in a cycle over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.timeline import EffectiveValue, Timeline
from intersessional.domain.policy.policy_value import PolicyValue


@dataclass(frozen=True)
class RulesOverTime:
    """The rules on one matter in a cycle: one of the cycle itself goes before a general one."""

    of_cycle: Timeline[PolicyValue]
    general: Timeline[PolicyValue]

    def at(self, occurred: Occurred) -> EffectiveValue[PolicyValue] | None:
        """The rule in force for something that occurred then; None before the first."""
        return self.of_cycle.at(occurred) or self.general.at(occurred)

    @property
    def latest(self) -> EffectiveValue[PolicyValue] | None:
        """The rule that took effect last."""
        return self.of_cycle.latest or self.general.latest

    @property
    def times(self) -> Sequence[Occurred]:
        """When a rule was set, of the cycle or a general one."""
        rules = (*self.of_cycle.values, *self.general.values)
        return [rule.set_by.occurred for rule in rules]
