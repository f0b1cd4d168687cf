"""The view of templates."""

from dataclasses import dataclass, replace

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.template.template import Template
from intersessional.domain.template.template_part import TemplatePart
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class TemplateVersionDocument:
    """One version of a template, in force since it was published."""

    version: str
    since: Occurred
    parts: tuple[TemplatePart, ...]


@dataclass(frozen=True)
class TemplateDocument:
    """A template with its versions, oldest first."""

    key: str
    versions: tuple[TemplateVersionDocument, ...] = ()


def _evolve(template: TemplateDocument | None, recorded: RecordedEvent) -> TemplateDocument | None:
    match recorded.event:
        case Template.Named() as event:
            return template or TemplateDocument(event.key)
        case Template.Published() as event:
            version = TemplateVersionDocument(event.version, event.act.occurred, event.parts)
            before = template or TemplateDocument(event.key)
            return replace(before, versions=(*before.versions, version))
        case _:
            return template


TEMPLATES = View(
    name="templates",
    version=1,
    document=TemplateDocument,
    keys=stream_of(Template),
    evolve=_evolve,
    lists=lambda _: under(None),
)
