"""The sender of a command."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The sender of a command: a person who has signed in, the operator, or neither.

    ``person`` is the pseudonym of a person who has signed in, registered or not. The operator
    imports history in the operator's own role, or in the name of a ``person`` with that person's
    roles.
    """

    person: UUID | None = None
    operator: bool = False


ANONYMOUS = Caller()
OPERATOR = Caller(operator=True)
