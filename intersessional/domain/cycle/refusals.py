"""Refusals about cycles."""

from intersessional.domain.kernel.refusals import Refused


class CapExceeded(Refused):
    """The cap in force allows no further BPF (DOMAIN row 8)."""

    code = "CAP_EXCEEDED"
    sentence = (
        "The cap in force is {cap} and {approved} are approved; supersede the cap first, in "
        "the same decision or an earlier one."
    )
    cap: int
    """The cap in force."""
    approved: int
    """How many BPFs have been approved."""
