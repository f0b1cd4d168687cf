"""The part of the domain about groups."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group import handlers
from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    ReleaseFacilitator,
    RenameGroup,
)
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.refusals import LimitReached

GROUP_PART = DomainPart(
    aggregates=(Group,),
    command_handlers=(
        CommandHandler(
            AppointFacilitator, handlers.appoint_facilitator, (GroupHasConcluded, LimitReached)
        ),
        CommandHandler(ReleaseFacilitator, handlers.release_facilitator, (GroupHasConcluded,)),
        CommandHandler(RenameGroup, handlers.rename_group, (GroupHasConcluded,)),
        CommandHandler(ConcludeGroup, handlers.conclude_group, (GroupHasConcluded,)),
    ),
)
