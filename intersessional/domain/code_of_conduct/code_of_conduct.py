"""The IGF Code of Conduct: a document with versions (DOMAIN row 24, A7)."""

from typing import Self

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import code_of_conduct_id
from intersessional.domain.kernel.numbers import bounded_int
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.participant.code_of_conduct import CODE_OF_CONDUCT

VERSION_MAX = 1_000
VERSIONS_MAX = 100


class CodeOfConduct(Aggregate):
    """The one code of conduct, with the versions that were published."""

    TOPIC = "code_of_conduct"

    versions: tuple[int, ...] = ()
    """In the order in which they took effect."""

    class Named(CreatedEvent):
        """The code of conduct was entered in the record; no version follows from it."""

        TOPIC = "code_of_conduct.named.v1"

    class Published(Aggregate.Event):
        """A version of the code of conduct was published; from then on it is accepted before the
        next contribution.
        """

        TOPIC = "code_of_conduct.published.v1"
        FIXED = ("published_version",)
        IS_MILESTONE = True
        published_version: int
        text: Permanent | None
        source: str | None

        def apply(self, aggregate: "CodeOfConduct") -> None:
            aggregate.versions = (*aggregate.versions, self.published_version)

    @classmethod
    def register(cls, act: Act) -> Self:
        """Enter the code of conduct in the record, as yet without a version."""
        return cls.create(cls.Named, id=code_of_conduct_id(), act=act)

    def publish(self, act: Act, *, version: int, text: str | None, source: str | None) -> None:
        """Publish a version, which is in force from then on.

        Raises BadValue, AlreadyRecorded, LimitReached.
        """
        bounded_int("version", version, 1, VERSION_MAX)
        if text is None and source is None:
            raise BadValue(field="text", problem="give the text, or the source that has it.")
        if version in self.versions:
            raise AlreadyRecorded(kind="code of conduct version", id=self.id)
        if len(self.versions) >= VERSIONS_MAX:
            raise LimitReached(kind="versions of the code of conduct", most=VERSIONS_MAX)
        self.record(
            CodeOfConduct.Published,
            act=act,
            published_version=version,
            text=validated_optional_text("text", text),
            source=source,
        )

    @property
    def in_force(self) -> int:
        """The version that was published last; that of the program before the first."""
        return self.versions[-1] if self.versions else CODE_OF_CONDUCT
