"""The part of the domain about the template of proposals."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.template import handlers
from intersessional.domain.template.commands import PublishTemplate
from intersessional.domain.template.template import Template

TEMPLATE_PART = DomainPart(
    aggregates=(Template,),
    command_handlers=(CommandHandler(PublishTemplate, handlers.publish_template),),
)
