"""The part of the domain about sources."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.source import handlers
from intersessional.domain.source.commands import ListSource
from intersessional.domain.source.source import Source

SOURCE_PART = DomainPart(
    aggregates=(Source,),
    command_handlers=(CommandHandler(ListSource, handlers.list_source),),
)
