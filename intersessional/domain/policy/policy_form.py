"""Which value the policy of a key can have."""

from dataclasses import dataclass

from intersessional.domain.kernel.numbers import bounded_int, optional_bounded_int
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind

NUMBER_MAX = 2**31 - 1
DAYS_MAX = 36_525

BPF_CAP = "BPF_CAP"
"""The greatest number of Best Practice Forums in a cycle (DOMAIN row 8)."""
COMMENT_WINDOW_WEEKS = "COMMENT_WINDOW_WEEKS"
"""Weeks before the annual meeting at which drafts open for comment (DOMAIN rows 36, 37)."""
COMMENT_WINDOW_TOLERANCE = "COMMENT_WINDOW_TOLERANCE"
"""Days by which a window may open before or after the time by rule (DOMAIN rows 36, 37)."""
MEETING_CADENCE = "MEETING_CADENCE"
"""Days from one meeting of the MAG to the next, about (DOMAIN row 20)."""
CAP_SUFFIX = "_CAP"
"""A policy whose key ends so is the cap on the groups of the kinds that name it."""


@dataclass(frozen=True)
class PolicyForm:
    """The kind of value of a policy, and the bounds of a number."""

    kind: PolicyValueKind
    least: int = 0
    most: int = 1_000


_KNOWN = {
    BPF_CAP: PolicyForm(PolicyValueKind.NUMBER, most=100),
    COMMENT_WINDOW_WEEKS: PolicyForm(PolicyValueKind.NUMBER, most=52),
    COMMENT_WINDOW_TOLERANCE: PolicyForm(PolicyValueKind.DAYS, most=366),
    MEETING_CADENCE: PolicyForm(PolicyValueKind.DAYS),
}


def form_of(key: str) -> PolicyForm | None:
    """The form that the record demands of a key; None for one that may have any value."""
    if key.endswith(CAP_SUFFIX):
        return _KNOWN.get(key, PolicyForm(PolicyValueKind.NUMBER))
    return _KNOWN.get(key)


def check_value(key: str, value: PolicyValue) -> None:
    """Check that a value is of its kind alone, and within its key's bounds. Raises BadValue."""
    given = {
        PolicyValueKind.NUMBER: value.number,
        PolicyValueKind.DAYS: value.days,
        PolicyValueKind.DATE: value.date,
        PolicyValueKind.TEXT: value.text,
        PolicyValueKind.KEYS: value.keys or None,
    }
    if [kind for kind, one in given.items() if one is not None] != [value.kind]:
        raise BadValue(field="value", problem=f"{key} is a {value.kind.value} here.")
    form = form_of(key)
    if form is not None and value.number is not None:
        bounded_int("value", value.number, form.least, form.most)
    optional_bounded_int("value", value.number, -NUMBER_MAX, NUMBER_MAX)
    optional_bounded_int("days", value.days, 0, DAYS_MAX)
