"""Commands about documents."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.document.document_kind import DocumentKind
from intersessional.domain.document.document_text import WrittenVersion
from intersessional.domain.kernel.body import NamedBody


@dataclass(frozen=True, kw_only=True)
class PublishDocument(Command):
    """Publish the first version of a document (DOMAIN row 6)."""

    TOPIC = "document.publish"

    kind: DocumentKind
    """The kind of document."""
    title: str
    """Its title; at most 300 bytes in UTF-8."""
    version: WrittenVersion
    """The version."""
    body: NamedBody | None = None
    """The body that it belongs to."""
    year: int | None = None
    """The year of the cycle that it belongs to."""


@dataclass(frozen=True, kw_only=True)
class RecordMissingDocument(Command):
    """Record a document that sources name, and that none of them has."""

    TOPIC = "document.record_missing"

    kind: DocumentKind
    """The kind of document."""
    title: str
    """Its title; at most 300 bytes in UTF-8."""
    body: NamedBody | None = None
    """The body that it belongs to."""
    year: int | None = None
    """The year of the cycle that it belongs to."""


@dataclass(frozen=True, kw_only=True)
class ReviseDocument(Command):
    """Publish a further version of a document, or the first of one that was missing."""

    TOPIC = "document.revise"

    document: UUID
    """The document, by its id."""
    version: WrittenVersion
    """The version."""


@dataclass(frozen=True, kw_only=True)
class ForwardDocument(Command):
    """Forward a document to a body; that of a group goes to the group first (DOMAIN row 15)."""

    TOPIC = "document.forward"

    document: UUID
    """The document, by its id."""
    recipient: NamedBody
    """The body to which it goes."""
    sender: NamedBody | None = None
    """The body that forwards it; none where a drafting team or a person does."""
    meeting: UUID | None = None
    """The meeting at which it was forwarded, by its id."""
