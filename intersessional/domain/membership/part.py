"""The part of the domain about memberships."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group.refusals import GroupHasConcluded, GroupNotEstablished
from intersessional.domain.membership import handlers
from intersessional.domain.membership.commands import JoinGroup, LeaveGroup
from intersessional.domain.membership.membership import Membership
from intersessional.domain.membership.refusals import MembershipHasEnded, NotTheMember

MEMBERSHIP_PART = DomainPart(
    aggregates=(Membership,),
    command_handlers=(
        CommandHandler(JoinGroup, handlers.join_group, (GroupHasConcluded, GroupNotEstablished)),
        CommandHandler(LeaveGroup, handlers.leave_group, (MembershipHasEnded, NotTheMember)),
    ),
)
