"""Who asks."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The sender of a command: a signed-in person, the operator, or nobody known.

    ``person`` is the pseudonym that identity gives to a sign-in, whether or not that person has
    registered. The operator imports history: in the operator's own role, or in the name of a
    ``person``, whose roles then count.
    """

    person: UUID | None = None
    operator: bool = False


NOBODY = Caller()
OPERATOR = Caller(operator=True)
