"""The part of the domain about outreach."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.outreach import handlers
from intersessional.domain.outreach.commands import LogOutreach
from intersessional.domain.outreach.outreach import Outreach

OUTREACH_PART = DomainPart(
    aggregates=(Outreach,),
    command_handlers=(CommandHandler(LogOutreach, handlers.log_outreach, ()),),
)
