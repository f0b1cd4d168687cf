"""The view of documents of the Forum."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.document.document import Document
from intersessional.domain.document.document_kind import DocumentKind
from intersessional.domain.kernel.body import Body
from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under


@dataclass(frozen=True)
class PublishedVersion:
    """A version of a document."""

    label: Sealed
    dated: Occurred
    language: str | None
    source: str | None
    text: Sealed | None
    raw_text: Sealed | None
    sha256: str | None


@dataclass(frozen=True)
class DocumentRoute:
    """A way that a document went."""

    sender: Body | None
    recipient: Body
    forwarded: Occurred
    meeting_id: UUID | None


@dataclass(frozen=True)
class ListedDocument:
    """A document, with its versions and the ways that it went, oldest first."""

    kind: DocumentKind
    title: Sealed
    body: Body | None
    cycle_id: UUID | None
    versions: tuple[PublishedVersion, ...] = ()
    missing: bool = False
    """Whether sources name it, and none has it."""
    routes: tuple[DocumentRoute, ...] = ()


def _evolve(document: ListedDocument | None, recorded: RecordedEvent) -> ListedDocument | None:
    event = recorded.event
    if isinstance(event, Document.Listed):
        return ListedDocument(event.kind, event.title, event.body, event.cycle_id)
    if document is None:
        return None
    match event:
        case Document.VersionPublished():
            return replace(document, versions=(*document.versions, _version(event)), missing=False)
        case Document.ReportedMissing():
            return replace(document, missing=not document.versions)
        case Document.Forwarded():
            at = event.act.occurred
            route = DocumentRoute(event.sender, event.recipient, at, event.meeting_id)
            return replace(document, routes=(*document.routes, route))
        case _:
            return document


def _version(event: Document.VersionPublished) -> PublishedVersion:
    return PublishedVersion(
        label=event.label,
        dated=event.dated,
        language=event.language,
        source=event.source,
        text=event.text,
        raw_text=event.raw_text,
        sha256=event.sha256,
    )


def _lists(document: ListedDocument) -> Collection[ListKey]:
    """The lists of all documents, of a cycle, of its group, and of sources in which it stands."""
    group = None if document.body is None else document.body.group_id
    sources = (source_id(one.source) for one in document.versions if one.source is not None)
    parents = dict.fromkeys((None, document.cycle_id, group, *sources))
    return [key for parent in parents for key in under(parent, document.kind.value)]


DOCUMENTS = View(
    name="documents",
    version=2,
    document=ListedDocument,
    keys=stream_of(Document),
    evolve=_evolve,
    lists=_lists,
)
