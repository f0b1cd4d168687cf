"""The part of the domain about kinds of group."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.group_kind import handlers
from intersessional.domain.group_kind.commands import DefineGroupKind
from intersessional.domain.group_kind.group_kind import GroupKind
from intersessional.domain.kernel.refusals import LimitReached

GROUP_KIND_PART = DomainPart(
    aggregates=(GroupKind,),
    command_handlers=(
        CommandHandler(
            DefineGroupKind, handlers.define_group_kind, (DecisionRequired, LimitReached)
        ),
    ),
)
