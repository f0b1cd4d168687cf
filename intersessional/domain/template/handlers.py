"""Handler of the command about the template of proposals."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import template_id
from intersessional.domain.template.commands import PROPOSAL_TEMPLATE, PublishTemplate
from intersessional.domain.template.default_template import DEFAULT_TEMPLATE
from intersessional.domain.template.template import Template
from intersessional.domain.template.template_part import TemplateVersion


async def publish_template(command: PublishTemplate, context: CommandContext) -> UUID:
    """Publish a version of the template of proposals, as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT)
    id = template_id(PROPOSAL_TEMPLATE)
    template = await context.find(Template, id, command.expected_version)
    if template is None:
        template = Template.register(act, PROPOSAL_TEMPLATE)
        context.add(template)
    template.publish(act, version=command.version, parts=command.parts)
    return template.id


async def template_in_force(context: CommandContext) -> TemplateVersion:
    """The version of the template of proposals that was in force at the command's time."""
    template = await context.find(Template, template_id(PROPOSAL_TEMPLATE))
    return DEFAULT_TEMPLATE if template is None else template.at(context.occurred).in_force
