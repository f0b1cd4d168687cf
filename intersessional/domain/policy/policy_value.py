"""The value of a policy: a number, days, a date, a text or keys."""

import datetime
from dataclasses import dataclass
from enum import Enum

from intersessional.domain.kernel.sealed import Permanent


class PolicyValueKind(Enum):
    """The kind of value that a policy has."""

    NUMBER = "NUMBER"
    """A number, in the unit of the policy's key."""
    DAYS = "DAYS"
    """A number of days."""
    DATE = "DATE"
    """A day."""
    TEXT = "TEXT"
    """A text."""
    KEYS = "KEYS"
    """Keys, such as those of kinds of group."""


@dataclass(frozen=True, kw_only=True)
class PolicyValue:
    """A value of one kind, in the field of that kind."""

    kind: PolicyValueKind
    number: int | None = None
    days: int | None = None
    date: datetime.date | None = None
    text: Permanent | None = None
    keys: tuple[str, ...] = ()
