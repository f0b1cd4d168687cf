"""Refusals about statistics."""

from intersessional.domain.kernel.refusals import Refused


class TotalDiffers(Refused):
    """The total is not the sum of the values, and nobody but the sender counted (DOMAIN row 18)."""

    code = "TOTAL_DIFFERS"
    sentence = "The total is {total}, and the values add up to {sum}."
    total: int
    """The total that is given."""
    sum: int
    """The sum of the values."""
