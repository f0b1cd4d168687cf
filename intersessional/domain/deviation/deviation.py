"""A deviation from a soft rule, recorded with what deviated."""

from typing import Self
from uuid import UUID, uuid5

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.sealed import Permanent, Sealed
from intersessional.domain.rule.soft_rule import RuleStrength, SoftRule


class Deviation(Aggregate):
    """A deviation from a soft rule."""

    TOPIC = "deviation"

    class Recorded(CreatedEvent):
        """What was recorded with it deviates from a rule, knowingly or not."""

        TOPIC = "deviation.recorded.v1"
        FIXED = ("strength", "facts")
        IS_MILESTONE = True
        rule: str
        strength: RuleStrength
        cycle_id: UUID | None
        group_id: UUID | None
        subject: UUID
        facts: tuple[Fact, ...]
        rationale: Permanent | None

    @classmethod
    def note(
        cls,
        act: Act,
        *,
        id: UUID,
        rule: SoftRule,
        subject: UUID,
        cycle_id: UUID | None,
        group_id: UUID | None,
        facts: tuple[Fact, ...],
        rationale: Sealed | None,
    ) -> Self:
        """Note that a fact about a subject deviates from a rule."""
        return cls.create(
            cls.Recorded,
            id=id,
            act=act,
            rule=rule.key,
            strength=rule.strength,
            cycle_id=cycle_id,
            group_id=group_id,
            subject=subject,
            facts=facts,
            rationale=rationale,
        )


def deviation_id(command: UUID, rule: str, subject: UUID) -> UUID:
    """The id of the deviation of a command from a rule, about a subject."""
    return uuid5(command, f"deviation {rule} {subject}")
