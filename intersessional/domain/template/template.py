"""The template of proposals: a document with versions (DOMAIN rows 6, 43 to 46, A4)."""

from collections.abc import Sequence
from typing import Self

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import template_id
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.kernel.texts import validated_name, validated_slug
from intersessional.domain.template.default_template import DEFAULT_TEMPLATE
from intersessional.domain.template.template_part import (
    PartForm,
    TemplatePart,
    TemplateVersion,
    WrittenPart,
)

PARTS_MAX = 50
VERSIONS_MAX = 100


class Template(Aggregate):
    """A template, with the versions that were published."""

    TOPIC = "template"

    key: str
    versions: tuple[TemplateVersion, ...] = ()

    class Named(CreatedEvent):
        """A template got the key by which the record knows it."""

        TOPIC = "template.named.v1"
        key: str

    class Published(Aggregate.Event):
        """A version of the template was published, and is in force from then on."""

        TOPIC = "template.published.v1"
        FIXED = ("parts.*.form",)
        key: str
        version: str
        parts: tuple[TemplatePart, ...]

        def apply(self, aggregate: "Template") -> None:
            published = TemplateVersion(self.version, self.parts)
            aggregate.versions = (*aggregate.versions, published)

    @classmethod
    def register(cls, act: Act, key: str) -> Self:
        """Register a template under its key. Raises BadValue."""
        return cls.create(cls.Named, id=template_id(validated_slug("key", key)), act=act, key=key)

    def publish(self, act: Act, *, version: str, parts: Sequence[WrittenPart]) -> None:
        """Publish a version, which is in force from then on.

        Raises BadValue, AlreadyRecorded, LimitReached.
        """
        validated_slug("version", version)
        if version == DEFAULT_TEMPLATE.version:
            raise BadValue(field="version", problem="this name is kept for the default template.")
        if any(version == published.version for published in self.versions):
            raise AlreadyRecorded(kind="template version", id=self.id)
        if len(self.versions) >= VERSIONS_MAX:
            raise LimitReached(kind="versions of a template", most=VERSIONS_MAX)
        self.record(
            Template.Published, act=act, key=self.key, version=version, parts=_validated(parts)
        )

    @property
    def in_force(self) -> TemplateVersion:
        """The version that was published last; the default template before the first."""
        return self.versions[-1] if self.versions else DEFAULT_TEMPLATE


def _validated(parts: Sequence[WrittenPart]) -> tuple[TemplatePart, ...]:
    if not 0 < len(parts) <= PARTS_MAX:
        raise BadValue(field="parts", problem=f"a template has 1 to {PARTS_MAX} of them.")
    if len({part.key for part in parts}) < len(parts):
        raise BadValue(field="parts", problem="a key is given twice.")
    lists = [part.form for part in parts if part.form is not PartForm.TEXT]
    if len({*lists}) < len(lists):
        raise BadValue(field="parts", problem="a list is asked for twice.")
    return tuple(
        TemplatePart(
            validated_slug(f"parts.{n}.key", part.key),
            validated_name(f"parts.{n}.title", part.title),
            part.level,
            part.form,
        )
        for n, part in enumerate(parts)
    )
