"""Refusals about cycles."""

from intersessional.domain.kernel.refusals import Refused


class CapExceeded(Refused):
    """The cap in force allows no further group of this kind (DOMAIN row 8)."""

    code = "CAP_EXCEEDED"
    sentence = (
        "The cap in force is {cap} and {approved} are approved; supersede {policy} first, in "
        "the same decision or an earlier one."
    )
    policy: str
    """The key of the policy that sets the cap."""
    cap: int
    """The cap in force."""
    approved: int
    """How many groups have been approved under it."""
