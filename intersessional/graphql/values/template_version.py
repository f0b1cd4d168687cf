"""The versions of a template in the API."""

from uuid import UUID

import strawberry

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.template.default_template import DEFAULT_TEMPLATE
from intersessional.domain.template.template import PARTS_MAX
from intersessional.domain.template.template_part import (
    PartForm,
    RequirementLevel,
    TemplatePart,
    TemplateVersion,
)
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.templates import TEMPLATES, TemplateDocument


async def title_of(part: TemplatePart, loaders: Loaders) -> str | None:
    """The title of a part."""
    # The default template is data of the program: its titles are not in the record.
    return part.title.value or await loaders.text(part.title)


@object_type
class TemplatePartType:
    """A part that a template asks for."""

    value: strawberry.Private[TemplatePart]
    loaders: strawberry.Private[Loaders]

    @field
    def key(self) -> str:
        """Its key, the same in all versions."""
        return self.value.key

    @field
    async def title(self) -> str | None:
        """Its title."""
        return await title_of(self.value, self.loaders)

    @field
    def level(self) -> RequirementLevel:
        """How strongly it is asked for."""
        return self.value.level

    @field
    def form(self) -> PartForm:
        """The form in which it is answered."""
        return self.value.form


@object_type
class ProposalTemplateType:
    """A version of the template of proposals."""

    value: strawberry.Private[TemplateVersion]
    published: strawberry.Private[Occurred | None]
    loaders: strawberry.Private[Loaders]

    @field
    def version(self) -> str:
        """Its name."""
        return self.value.version

    @field
    def since(self) -> OccurredType | None:
        """When it was published, and is in force from; null for the default template."""
        return None if self.published is None else OccurredType(value=self.published)

    @field
    @at_most(PARTS_MAX)
    def parts(self) -> list[TemplatePartType]:
        """Its parts, in order."""
        return [TemplatePartType(value=part, loaders=self.loaders) for part in self.value.parts]


def versions_of(template: TemplateDocument | None, loaders: Loaders) -> list[ProposalTemplateType]:
    """The published versions, oldest first; the default template where there is none."""
    if template is None or not template.versions:
        return [ProposalTemplateType(value=DEFAULT_TEMPLATE, published=None, loaders=loaders)]
    return [
        ProposalTemplateType(
            value=TemplateVersion(one.version, one.parts), published=one.since, loaders=loaders
        )
        for one in template.versions
    ]


async def find_version(id: UUID, version: str, loaders: Loaders) -> ProposalTemplateType | None:
    """A version of a template, or the default template; None where it is in neither."""
    found = await loaders.get(TEMPLATES, id)
    known = [*versions_of(None, loaders)]
    if found is not None:
        known += versions_of(found.document, loaders)
    return next((one for one in known if one.value.version == version), None)
