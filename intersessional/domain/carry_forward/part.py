"""The part of the domain about carrying work forward."""

from intersessional.domain.carry_forward import handlers
from intersessional.domain.carry_forward.carry_forward import CarryForward
from intersessional.domain.carry_forward.commands import DeclareCarryForward
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.refusals import LimitReached

CARRY_FORWARD_PART = DomainPart(
    aggregates=(CarryForward,),
    command_handlers=(
        CommandHandler(
            DeclareCarryForward, handlers.declare_carry_forward, (GroupHasConcluded, LimitReached)
        ),
    ),
)
