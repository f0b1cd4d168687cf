"""Refusals of commands, each with a stable code and the facts that explain it.

Refused
├── NotFound                 the subject is not in the record
├── AlreadyRecorded          it is there already
├── StaleVersion             it has changed since the client read it
├── CommandReused            this command id was used for something else
├── NotSignedIn, NotRegistered, RoleRequired, CodeOfConductNotAccepted
├── BadValue                 a value breaks a rule of form
├── BegunHere                an import would act on what a person began here
├── LimitReached             something has as many parts as it can have
├── OverrideRequired         it deviates from a gate, and carries no override
├── OutOfTime                it lies in the future, or in the past for a role that may not record it
└── each noun's own, in its folder: CapExceeded, ProposalIncomplete, …
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Annotated, ClassVar, cast, dataclass_transform
from uuid import UUID

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.fact import Fact

FieldPath = Annotated[str, "path"]
"""The path of a value in a command: ``blocks.2.text`` is the text of the third block."""


@dataclass_transform(eq_default=False, kw_only_default=True)
@dataclass(eq=False, kw_only=True)
class Refused(Exception):
    """A command is refused: nothing was recorded. Every subclass is a dataclass of the facts."""

    code: ClassVar[str]
    """The stable name of the reason."""
    sentence: ClassVar[str]
    """The reason in a sentence, with facts by their names in braces."""

    def __init_subclass__(cls) -> None:
        """Make the subclass a dataclass."""
        dataclass(eq=False, kw_only=True)(cls)

    def __str__(self) -> str:
        """The sentence with the facts."""
        return self.sentence.format_map(self.facts_in_words())

    def facts_in_words(self) -> Mapping[str, str]:
        """The facts by their names, as the sentence shows them."""
        return {name: _in_words(fact) for name, fact in vars(self).items()}


def _in_words(fact: object) -> str:
    match fact:
        case Enum():
            return str(fact.value)
        case datetime():
            return fact.isoformat()
        case tuple():
            return ", ".join(map(_in_words, cast("tuple[object, ...]", fact)))
        case _:
            return str(fact)


class NotFound(Refused):
    """The subject of the command is not in the record."""

    code = "NOT_FOUND"
    sentence = "There is no {kind} {id} in the record."
    kind: str
    """The kind of the missing subject."""
    id: str
    """The id of the missing subject."""


class AlreadyRecorded(Refused):
    """The subject that the command would create is in the record already."""

    code = "ALREADY_RECORDED"
    sentence = "This {kind} is in the record already, as {id}."
    kind: str
    """The kind of the subject."""
    id: UUID
    """The id of the subject."""


class StaleVersion(Refused):
    """The subject has changed since the client read it."""

    code = "STALE_VERSION"
    sentence = "You expected version {expected}; the current version is {actual}."
    id: UUID
    """The id of the subject."""
    expected: int
    """The version that was expected."""
    actual: int
    """The current version."""


class CommandReused(Refused):
    """The command id has been used before, for another command."""

    code = "COMMAND_REUSED"
    sentence = "The command id {command_id} was used before, for another command."
    command_id: UUID
    """The id of the command."""


class NotSignedIn(Refused):
    """The command needs a signed-in person."""

    code = "NOT_SIGNED_IN"
    sentence = "Sign in first: send a bearer token."


class NotRegistered(Refused):
    """The person is signed in but not yet a participant in the record."""

    code = "NOT_REGISTERED"
    sentence = "Register as a participant first."


class RoleRequired(Refused):
    """The person did not hold any of the needed roles at that instant."""

    code = "ROLE_REQUIRED"
    sentence = "This needs the role {needed}, held at {at}."
    needed: tuple[Role, ...]
    """The roles; one of them is enough."""
    at: datetime
    """The instant at which one of them had to be held."""

    def facts_in_words(self) -> Mapping[str, str]:
        """The facts, of which the roles are alternatives."""
        return {**super().facts_in_words(), "needed": " or ".join(one.value for one in self.needed)}


class CodeOfConductNotAccepted(Refused):
    """The sender must first accept the IGF Code of Conduct (DOMAIN row 24)."""

    code = "CODE_OF_CONDUCT_NOT_ACCEPTED"
    sentence = "Accept the IGF Code of Conduct first, in version {version}."
    version: int
    """The version that is in force."""


class BadValue(Refused):
    """A value breaks a rule of form."""

    code = "BAD_VALUE"
    sentence = "{field}: {problem}"
    field: FieldPath
    """The field, by its path in the input: ``blocks.2.text`` is the text of the third block."""
    problem: str
    """The problem with the value, in a sentence."""

    def within(self, path: str) -> "BadValue":
        """The same refusal, for a value inside the value at this path."""
        return BadValue(field=f"{path}.{self.field}", problem=self.problem)


class LimitReached(Refused):
    """Something has as many parts as the record allows."""

    code = "LIMIT_REACHED"
    sentence = "There are {most} {kind} already; no more are allowed."
    kind: str
    """What there are as many of, in words."""
    most: int
    """How many are allowed."""


class OutOfTime(Refused):
    """The sender may not record something of this time."""

    code = "OUT_OF_TIME"
    sentence = "occurred {occurred}: {problem}"
    occurred: str
    """The time that the command gives."""
    problem: str
    """The problem with the time, in a sentence."""


class OverrideRequired(Refused):
    """The command deviates from a soft rule that is a gate, and carries no override of it."""

    code = "OVERRIDE_REQUIRED"
    sentence = "{requirement} To deviate from {rule}, send an override with your reasons."
    rule: str
    """The key of the rule."""
    requirement: str
    """The rule in one sentence."""
    facts: tuple[Fact, ...]
    """The facts that deviate from it."""


class BegunHere(Refused):
    """An import does not speak for those who have begun something here themselves (ADR 0066)."""

    code = "BEGUN_HERE"
    sentence = (
        "The {kind} {id} was begun here, by those whose it is: an import acts on it only in the "
        "name of somebody who registered here."
    )
    kind: str
    """The kind of what was begun."""
    id: UUID
    """Its id."""


COMMON_REFUSALS = (
    AlreadyRecorded,
    BadValue,
    CodeOfConductNotAccepted,
    CommandReused,
    NotFound,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    OverrideRequired,
    RoleRequired,
    StaleVersion,
)
"""The refusals that every command declares."""
IMPORT_REFUSALS = (BegunHere,)
"""The refusals that any command may get in an import, and none that a client sends."""
