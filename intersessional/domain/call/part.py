"""The part of the domain about calls."""

from intersessional.domain.call import handlers
from intersessional.domain.call.call import Call
from intersessional.domain.call.commands import CloseCall, LaunchCall, MoveCall
from intersessional.domain.call.refusals import CallIsClosed
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group.refusals import GroupHasConcluded

CALL_PART = DomainPart(
    aggregates=(Call,),
    command_handlers=(
        CommandHandler(LaunchCall, handlers.launch_call, (GroupHasConcluded,)),
        CommandHandler(MoveCall, handlers.move_call, (CallIsClosed,)),
        CommandHandler(CloseCall, handlers.close_call, (CallIsClosed,)),
    ),
)
