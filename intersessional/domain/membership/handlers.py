"""Handlers of the commands about memberships."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.stewardship import active_group, facilitators_then
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.refusals import CodeOfConductNotAccepted
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.membership.commands import JoinGroup, LeaveGroup
from intersessional.domain.membership.membership import Membership
from intersessional.domain.membership.refusals import NotTheMember
from intersessional.domain.participant.participant import Participant

_IN_OFFICE = (Role.FACILITATOR, Role.MAG_MEMBER)


async def join_group(command: JoinGroup, context: CommandContext) -> UUID:
    """Join a group at work: whoever has accepted the code of conduct may (DOMAIN row 5)."""
    group = await active_group(context, command.group)
    for_another = command.participant is not None
    act = await context.act_as(
        *((Role.SECRETARIAT,) if for_another else (*_IN_OFFICE, Role.COMMENTER)),
        facilitators=facilitators_then(group, context),
    )
    group.check_established(act.occurred)
    membership = Membership.join(
        act,
        group,
        id=command.derived_id,
        sender=None if for_another else await context.sender(),
        named=None if command.participant is None else await _named(command.participant, context),
    )
    context.add(membership)
    return membership.id


async def leave_group(command: LeaveGroup, context: CommandContext) -> UUID:
    """End a membership, as the member, or record it as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT, Role.COMMENTER)
    membership = await context.load(Membership, command.membership, command.expected_version)
    if act.actor.role is Role.COMMENTER:
        await check_member(context, membership)
    membership.leave(act, reason=command.reason)
    return membership.id


async def check_member(context: CommandContext, membership: Membership) -> None:
    """Check that the sender is the member. Raises NotTheMember."""
    member = membership.member
    if isinstance(member, Sealed):
        revealed = (await context.reveal([member])).get(member)
        member = None if revealed is None else UUID(revealed)
    if member is None or member != context.caller.person:
        raise NotTheMember(membership=membership.id)


async def _named(id: UUID, context: CommandContext) -> Participant:
    """Who joined, as the Secretariat records. Raises NotFound, CodeOfConductNotAccepted."""
    participant = await context.load(Participant, id)
    version = await context.conduct_in_force()
    accepted = participant.accepted_code_of_conduct == version
    if not (accepted or context.provenance.historical):
        raise CodeOfConductNotAccepted(version=version)
    return participant
