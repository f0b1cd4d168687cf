"""Commands about policies."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import policy_id


@dataclass(frozen=True, kw_only=True)
class SetPolicy:
    """Set a policy, with exactly one kind of value; it supersedes the one in force until then."""

    key: str
    """The matter of the policy, in upper case: ``BPF_CAP``."""
    value: int | None = None
    """The rule as a number, in the unit of its key."""
    days: int | None = None
    """The rule as a number of days."""
    date: datetime.date | None = None
    """The rule as a day."""
    text: str | None = None
    """The rule as a text; at most 20,000 bytes in UTF-8."""
    keys: tuple[str, ...] = ()
    """The rule as keys, such as those of kinds of group."""
    general: bool = False
    """Whether it outlives the cycle: it then holds wherever a cycle has no rule of its own."""
    document: UUID | None = None
    """The document that lays it down, by its id, beside the decision or the source."""


@dataclass(frozen=True, kw_only=True)
class RecordPolicy(Command):
    """Record a policy of the past that a source lays down, where no decision is known."""

    TOPIC = "policy.record"

    policy: SetPolicy
    """The policy and its value."""
    source: str
    """The source, by its key."""
    year: int | None = None
    """The year of the cycle; none for a general policy."""
    words: str | None = None
    """The words of the source that lay it down; at most 20,000 bytes in UTF-8."""

    @property
    def created_id(self) -> UUID:
        """The id of the policy: a key has one in a cycle, and a general one."""
        return policy_id(self.year, self.policy.key)
