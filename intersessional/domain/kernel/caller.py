"""The sender of a command."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The sender of a command: a person who has signed in, the operator, the system, or none.

    ``person`` is the pseudonym of a person who has signed in, registered or not. The operator
    imports history in the operator's own role, or in the name of a ``person`` with that person's
    roles. The ``system`` is a background task, which sends what the clock brings about.
    """

    person: UUID | None = None
    operator: bool = False
    system: bool = False


ANONYMOUS = Caller()
OPERATOR = Caller(operator=True)
SYSTEM = Caller(system=True)
