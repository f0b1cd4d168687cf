"""What is refused about cycles."""

from dataclasses import dataclass
from typing import ClassVar

from intersessional.domain.kernel.refusals import Refused


@dataclass(eq=False, kw_only=True)
class CapExceeded(Refused):
    """More BPFs than the cap in force allows (DOMAIN row 8)."""

    code: ClassVar[str] = "CAP_EXCEEDED"
    cap: int
    """The cap in force."""
    approved: int
    """How many BPFs have been approved."""

    def __str__(self) -> str:
        return (
            f"The cap in force is {self.cap} and {self.approved} are approved; "
            "supersede the cap first, in the same decision or an earlier one."
        )
