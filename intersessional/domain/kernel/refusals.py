"""Refusals: expected answers, each with a stable code and the facts that explain it.

Refused
├── NotFound                 the subject is not in the record
├── AlreadyRecorded          it is there already
├── StaleVersion             it has changed since the client read it
├── CommandReused            this commandId was used for something else
├── NotSignedIn, NotRegistered, RoleRequired, CodeOfConductNotAccepted
├── BadValue                 a value breaks a rule of form
├── OutOfTime                told of the future, or of the past by someone who may not
└── each noun's own, in its folder: CapExceeded, ProposalIncomplete, …
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from intersessional.domain.kernel.act import Role


class Refused(Exception):
    """The record says no: nothing was recorded. Subclasses are dataclasses of the facts."""

    code: ClassVar[str]


@dataclass(eq=False, kw_only=True)
class NotFound(Refused):
    """What the command is about is not in the record."""

    code: ClassVar[str] = "NOT_FOUND"
    kind: str
    """What was looked for."""
    id: str
    """The id that it was looked for by."""

    def __str__(self) -> str:
        return f"There is no {self.kind} {self.id} in the record."


@dataclass(eq=False, kw_only=True)
class AlreadyRecorded(Refused):
    """What the command would begin is in the record already."""

    code: ClassVar[str] = "ALREADY_RECORDED"
    kind: str
    """What it is."""
    id: UUID
    """Its id."""

    def __str__(self) -> str:
        return f"This {self.kind} is in the record already, as {self.id}."


@dataclass(eq=False, kw_only=True)
class StaleVersion(Refused):
    """The subject has changed since the client read it."""

    code: ClassVar[str] = "STALE_VERSION"
    id: UUID
    """The id of what has changed."""
    expected: int
    """The version that was expected."""
    actual: int
    """The version at which it stands."""

    def __str__(self) -> str:
        return f"You expected version {self.expected}; it stands at version {self.actual}."


@dataclass(eq=False, kw_only=True)
class CommandReused(Refused):
    """The commandId has been used before, for another command."""

    code: ClassVar[str] = "COMMAND_REUSED"
    command_id: UUID
    """The id of the command."""

    def __str__(self) -> str:
        return f"The commandId {self.command_id} was used before, for another command."


@dataclass(eq=False, kw_only=True)
class NotSignedIn(Refused):
    """The command needs a signed-in person."""

    code: ClassVar[str] = "NOT_SIGNED_IN"

    def __str__(self) -> str:
        return "Sign in first: send a bearer token."


@dataclass(eq=False, kw_only=True)
class NotRegistered(Refused):
    """The person is signed in but not yet a participant in the record."""

    code: ClassVar[str] = "NOT_REGISTERED"

    def __str__(self) -> str:
        return "Register as a participant first."


@dataclass(eq=False, kw_only=True)
class RoleRequired(Refused):
    """The person did not hold any of the needed roles at that instant."""

    code: ClassVar[str] = "ROLE_REQUIRED"
    needed: tuple[Role, ...]
    """The roles: any of them will do."""
    at: datetime
    """The instant at which one of them had to be held."""

    def __str__(self) -> str:
        roles = " or ".join(role.value for role in self.needed)
        return f"This takes the role {roles}, held at {self.at.isoformat()}."


@dataclass(eq=False, kw_only=True)
class CodeOfConductNotAccepted(Refused):
    """The IGF Code of Conduct comes before the first contribution (DOMAIN row 24)."""

    code: ClassVar[str] = "CODE_OF_CONDUCT_NOT_ACCEPTED"
    version: int
    """The version that is in force."""

    def __str__(self) -> str:
        return f"Accept the IGF Code of Conduct first, in version {self.version}."


@dataclass(eq=False, kw_only=True)
class BadValue(Refused):
    """A value breaks a rule of form."""

    code: ClassVar[str] = "BAD_VALUE"
    field: str
    """The field, by its path in the input: ``blocks.2.text`` is the text of the third block."""
    problem: str
    """What is wrong with its value."""

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"

    def within(self, path: str) -> "BadValue":
        """The same, of a value that stands in the one at this path."""
        return BadValue(field=f"{path}.{self.field}", problem=self.problem)


@dataclass(eq=False, kw_only=True)
class OutOfTime(Refused):
    """The command tells of a time that its sender may not tell of."""

    code: ClassVar[str] = "OUT_OF_TIME"
    occurred: str
    """The time that the command tells of."""
    problem: str
    """What is wrong with it."""

    def __str__(self) -> str:
        return f"occurred {self.occurred}: {self.problem}"


COMMON_REFUSALS = (
    AlreadyRecorded,
    BadValue,
    CodeOfConductNotAccepted,
    CommandReused,
    NotFound,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
"""What any command may be refused for."""
