"""The template of proposals in the API."""

from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.kernel.ids import template_id
from intersessional.domain.template import commands
from intersessional.domain.template.template import VERSIONS_MAX
from intersessional.domain.template.template_part import PartForm, RequirementLevel
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.values.template_version import (
    ProposalTemplateType,
    find_version,
    versions_of,
)
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.templates import TEMPLATES, TemplateDocument

Version = Annotated[str, strawberry.argument(description="The name of the version.")]


@object_type
class TemplateType(DocumentNode[TemplateDocument]):
    """The template of proposals."""

    view: ClassVar[AnyView] = TEMPLATES

    @field
    def key(self) -> str:
        """Its unique key."""
        return self.document.key

    @field
    @at_most(VERSIONS_MAX)
    def versions(self) -> list[ProposalTemplateType]:
        """The versions that were published, oldest first."""
        return versions_of(self.document, self.loaders)


async def document_of_version(root: ProposalTemplateType) -> TemplateType | None:
    """The template that it is a version of, with its events; null for the default template."""
    return await TemplateType.find(template_id(commands.PROPOSAL_TEMPLATE), root.loaders)


@object_type
class TemplateQuery:
    """Queries of the template of proposals."""

    @field
    @at_most(VERSIONS_MAX)
    @shareable
    async def proposal_templates(
        self, info: Info, as_of: PastState = None
    ) -> list[ProposalTemplateType]:
        """The versions of the template, oldest first; the default where none was published."""
        loaders = await loaders_at(info.context, as_of)
        found = await loaders.get(TEMPLATES, template_id(commands.PROPOSAL_TEMPLATE))
        return versions_of(None if found is None else found.document, loaders)

    @field
    @shareable
    async def latest_template(
        self, info: Info, as_of: PastState = None
    ) -> ProposalTemplateType | None:
        """The version of the template that proposals are checked against."""
        loaders = await loaders_at(info.context, as_of)
        found = await loaders.get(TEMPLATES, template_id(commands.PROPOSAL_TEMPLATE))
        return versions_of(None if found is None else found.document, loaders)[-1]

    @field
    @shareable
    async def template(
        self, info: Info, version: Version, as_of: PastState = None
    ) -> ProposalTemplateType | None:
        """A version of the template of proposals."""
        loaders = await loaders_at(info.context, as_of)
        return await find_version(template_id(commands.PROPOSAL_TEMPLATE), version, loaders)


TEMPLATE_SCHEMA = SchemaPart(
    nodes=(TemplateType,),
    enums=(PartForm, RequirementLevel),
    queries=(TemplateQuery,),
    mutations=(
        Mutation(commands.PublishTemplate, "TemplatePublished", TemplateType, versioned=False),
    ),
    extends={"ProposalTemplate": {"document": document_of_version}},
)
