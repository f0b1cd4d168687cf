"""The part of the domain about the descent of groups."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group_descent import handlers
from intersessional.domain.group_descent.commands import RecordGroupDescent
from intersessional.domain.group_descent.group_descent import GroupDescent

GROUP_DESCENT_PART = DomainPart(
    aggregates=(GroupDescent,),
    command_handlers=(CommandHandler(RecordGroupDescent, handlers.record_group_descent),),
)
