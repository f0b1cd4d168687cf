"""The part of the domain about outlines."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.outline import handlers
from intersessional.domain.outline.commands import DefineOutline, ReviseOutline
from intersessional.domain.outline.outline import Outline

OUTLINE_PART = DomainPart(
    aggregates=(Outline,),
    command_handlers=(
        CommandHandler(DefineOutline, handlers.define_outline, (GroupHasConcluded,)),
        CommandHandler(ReviseOutline, handlers.revise_outline, (GroupHasConcluded,)),
    ),
)
