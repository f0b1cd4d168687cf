"""Handlers of the commands about modalities."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.group.stewardship import (
    active_group,
    facilitators_then,
    stewarded_group,
)
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.membership.handlers import check_member
from intersessional.domain.membership.membership import Membership
from intersessional.domain.modality.commands import (
    AdoptModality,
    ProposeModality,
    SupportModality,
)
from intersessional.domain.modality.modality import Modality
from intersessional.domain.rule.core_rules import MODALITY_SUPPORTED


async def propose_modality(command: ProposeModality, context: CommandContext) -> UUID:
    """Propose a modality: anybody who takes part may, and the Secretariat for them."""
    group = await active_group(context, command.group)
    act = await context.act_as(
        Role.FACILITATOR,
        Role.SECRETARIAT,
        Role.COMMENTER,
        facilitators=facilitators_then(group, context),
    )
    await _check_meeting(context, command.meeting, group.id)
    modality = Modality.propose(
        act,
        group,
        id=command.derived_id,
        modality=command.modality,
        meeting_id=command.meeting,
    )
    context.add(modality)
    return modality.id


async def support_modality(command: SupportModality, context: CommandContext) -> UUID:
    """Support a modality, as a member of its group."""
    act = await context.act_as(Role.COMMENTER)
    modality = await context.load(Modality, command.modality, command.expected_version)
    await active_group(context, modality.group_id)
    membership = await context.load(Membership, command.membership)
    await check_member(context, membership)
    modality.add_support(act, membership)
    return modality.id


async def adopt_modality(command: AdoptModality, context: CommandContext) -> UUID:
    """Adopt a modality, as a facilitator of the group; the Secretariat records that it did.

    Without recorded support, and not without objection, it deviates from the rule.
    """
    modality = await context.load(Modality, command.modality, command.expected_version)
    group, act = await stewarded_group(context, modality.group_id)
    _check_rapporteur(command, act)
    await _check_meeting(context, command.meeting, group.id)
    modality.adopt(
        act,
        support=command.support,
        without_objection=command.without_objection,
        meeting_id=command.meeting,
        evidence=command.evidence,
        replaces=command.replaces,
    )
    if command.replaces is not None:
        replaced = await context.load(Modality, command.replaces)
        replaced.give_way(act, modality)
    supported = len(modality.at(act.occurred).supporters)
    if not (supported or command.support or command.without_objection):
        _deviate(command, context, act, group, modality)
    return modality.id


def _check_rapporteur(command: AdoptModality, act: Act) -> None:
    """Check that the Secretariat names where the group adopted it (DOMAIN row 27).

    Raises BadValue.
    """
    decides = act.actor.role is Role.SECRETARIAT and not act.provenance.historical
    if decides and command.meeting is None:
        problem = "the Secretariat names the meeting at which the group adopted it."
        raise BadValue(field="meeting", problem=problem)


def _deviate(
    command: AdoptModality, context: CommandContext, act: Act, group: Group, modality: Modality
) -> None:
    context.deviate(
        MODALITY_SUPPORTED,
        act,
        subject=modality.id,
        cycle_id=group.at(act.occurred).cycle_id,
        group_id=group.id,
        facts={"supporters": 0, "counted": command.support},
    )


async def _check_meeting(context: CommandContext, id: UUID | None, group: UUID) -> None:
    """Check that a meeting is one of the group. Raises NotFound, BadValue."""
    if id is not None and (await context.load(Meeting, id)).group_id != group:
        raise BadValue(field="meeting", problem="it is no meeting of the group.")
