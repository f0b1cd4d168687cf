"""Soft rules in the API."""

from typing import Self

from intersessional.domain.rule.soft_rule import RuleStrength, SoftRule
from intersessional.graphql.schema.decorators import object_type


@object_type
class SoftRuleType:
    """A rule of the Forum that may be deviated from, and each deviation is shown."""

    key: str
    """The key, such as `MERGER_AGREED`: an override names it."""
    row: int
    """The row of the domain's table that states it, in docs/domain.md."""
    strength: RuleStrength
    """What happens when it is not kept."""
    sentence: str
    """The rule in one sentence."""
    source: str
    """The place in the source that it rests on, such as AX-T1."""

    @classmethod
    def of(cls, rule: SoftRule) -> Self:
        """The rule of the registry."""
        return cls(
            key=rule.key,
            row=rule.row,
            strength=rule.strength,
            sentence=rule.sentence,
            source=rule.source,
        )
