"""A soft rule: one that may be deviated from, and the deviation is shown (DOMAIN A7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class RuleStrength(Enum):
    """What happens when a soft rule is not kept."""

    GATE = "GATE"
    """The command is refused until it carries an override with its reasons."""
    FLAG = "FLAG"
    """The command goes through, and the deviation is shown."""
    REPORT = "REPORT"
    """No command breaks it: time passes, and what it makes of the rule is computed and shown."""


@dataclass(frozen=True, kw_only=True)
class SoftRule:
    """A soft rule of the Forum, under a key that stays for ever.

    A deviation that was recorded keeps the strength that the rule had then.
    """

    key: str
    """The key in upper case: ``MERGER_AGREED``."""
    row: int
    """The row of the domain's table that states it (docs/domain.md)."""
    strength: RuleStrength
    sentence: str
    """The rule in one sentence."""
    source: str
    """The place in the source that it rests on: ``AX-T1``."""
    checked_against: Mapping[str, tuple[str, ...]] = field(
        hash=False, default_factory=dict[str, tuple[str, ...]]
    )
    """The topics of the events that it is checked against, each with the fields that count,
    ``occurred`` among them: where one is corrected, the deviations of before say so.
    """
