"""A document of the Forum: its versions, or that no source has it, and where it went."""

from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.document.document_kind import DocumentKind
from intersessional.domain.document.document_text import WrittenVersion
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.body import Body, BodyKind
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import validated_name

VERSIONS_OF_DOCUMENT_MAX = 50
ROUTES_MAX = 50
"""Times that a document can be forwarded."""


class Document(Aggregate):
    """A document with its versions; it belongs to a body, or to none (DOMAIN row 6)."""

    TOPIC = "document"

    body: Body | None
    cycle_id: UUID | None
    versions: int = 0
    missing: bool = False
    went_to: tuple[Body, ...] = ()

    class Listed(CreatedEvent):
        """A document became known, by its kind and its title."""

        TOPIC = "document.listed.v1"
        kind: DocumentKind
        title: Permanent
        body: Body | None
        cycle_id: UUID | None
        year: int | None

        def check_values(self) -> None:
            if self.body is not None:
                self.body.check("body")

    class VersionPublished(Aggregate.Event):
        """A version of the document was published."""

        TOPIC = "document.version_published.v1"
        label: Permanent
        dated: Occurred
        language: str | None
        source: str | None
        text: Erasable | None
        raw_text: Erasable | None
        sha256: str | None

        def apply(self, aggregate: "Document") -> None:
            aggregate.versions += 1

    class ReportedMissing(Aggregate.Event):
        """Sources name the document, and none that was found has it."""

        TOPIC = "document.reported_missing.v1"

        def apply(self, aggregate: "Document") -> None:
            aggregate.missing = True

    class Forwarded(Aggregate.Event):
        """The document was forwarded to a body, at a meeting or between meetings."""

        TOPIC = "document.forwarded.v1"
        sender: Body | None
        recipient: Body
        meeting_id: UUID | None

        def check_values(self) -> None:
            if self.sender is not None:
                self.sender.check("sender")
            self.recipient.check("recipient")

        def apply(self, aggregate: "Document") -> None:
            aggregate.went_to = (*aggregate.went_to, self.recipient)

    @classmethod
    def register(
        cls,
        act: Act,
        *,
        id: UUID,
        kind: DocumentKind,
        title: str,
        body: Body | None = None,
        cycle: Cycle | None = None,
    ) -> Self:
        """List a document, as yet without a version. Raises BadValue."""
        return cls.create(
            cls.Listed,
            id=id,
            act=act,
            kind=kind,
            title=validated_name("title", title),
            body=body,
            cycle_id=None if cycle is None else cycle.id,
            year=None if cycle is None else cycle.year,
        )

    def publish(self, act: Act, version: WrittenVersion) -> None:
        """Publish a version. Raises BadValue, LimitReached."""
        if self.versions >= VERSIONS_OF_DOCUMENT_MAX:
            raise LimitReached(kind="versions of a document", most=VERSIONS_OF_DOCUMENT_MAX)
        self.record(Document.VersionPublished, act=act, **version.validated(act.occurred))

    def report_missing(self, act: Act) -> None:
        """Say that no source has it, once, and before a version is known.

        Raises AlreadyRecorded.
        """
        if self.versions or self.missing:
            raise AlreadyRecorded(kind="document", id=self.id)
        self.record(Document.ReportedMissing, act=act)

    def forward(
        self, act: Act, *, sender: Body | None, recipient: Body, meeting_id: UUID | None = None
    ) -> None:
        """Forward the document to a body. Raises BadValue, LimitReached."""
        if len(self.went_to) >= ROUTES_MAX:
            raise LimitReached(kind="times a document was forwarded", most=ROUTES_MAX)
        if sender == recipient:
            raise BadValue(field="recipient", problem="it is the body that forwards it.")
        self.record(
            Document.Forwarded, act=act, sender=sender, recipient=recipient, meeting_id=meeting_id
        )

    def skips_its_group(self, recipient: Body, occurred: Occurred) -> bool:
        """Whether it would go to the MAG before the group that it belongs to (DOMAIN row 15)."""
        owner = self.body
        if recipient.kind is not BodyKind.MAG or owner is None or owner.group_id is None:
            return False
        return all(body.group_id != owner.group_id for body in self.at(occurred).went_to)
