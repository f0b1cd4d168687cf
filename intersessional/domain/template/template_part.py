"""The parts that a template asks for."""

from dataclasses import dataclass
from enum import Enum

from intersessional.domain.kernel.sealed import Permanent


class RequirementLevel(Enum):
    """How strongly a template asks for a part, in the words of RFC 2119."""

    REQUIRED = "REQUIRED"
    """A proposal without it is refused."""
    RECOMMENDED = "RECOMMENDED"
    """A proposal without it is incomplete, and accepted."""
    OPTIONAL = "OPTIONAL"
    """A proposal may have it."""


class PartForm(Enum):
    """The form in which a part is answered."""

    TEXT = "TEXT"
    """A section of text."""
    CO_FACILITATORS = "CO_FACILITATORS"
    """The list of co-facilitators (DOMAIN row 43)."""
    ORGANISATIONS = "ORGANISATIONS"
    """The list of organisations that wish to take part (DOMAIN row 46)."""


@dataclass(frozen=True)
class TemplatePart:
    """A part of a template: its key stays, its title may differ from version to version."""

    key: str
    title: Permanent
    level: RequirementLevel
    form: PartForm


@dataclass(frozen=True)
class TemplateVersion:
    """One version of a template, with its parts in order."""

    version: str
    parts: tuple[TemplatePart, ...]


@dataclass(frozen=True, kw_only=True)
class WrittenPart:
    """A part of a template that is to be published."""

    key: str
    """Its key, the same in all versions: lower-case letters, digits, dots and hyphens."""
    title: str
    """Its title; at most 300 bytes in UTF-8."""
    level: RequirementLevel = RequirementLevel.REQUIRED
    """How strongly it is asked for."""
    form: PartForm = PartForm.TEXT
    """The form in which it is answered."""
