"""Handlers of the commands about groups."""

from collections.abc import Collection
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.mandate import check_mandate
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.document.document import Document
from intersessional.domain.group.account import form_team, report, state_wish
from intersessional.domain.group.admission import admit_group
from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    DissolveGroup,
    FormDraftingTeam,
    ProposeGroup,
    RecordGroup,
    RecordGroupReport,
    ReleaseFacilitator,
    RenameGroup,
    ResumeGroup,
    StateGroupWish,
    SuspendGroup,
)
from intersessional.domain.group.ending import conclude, dissolve
from intersessional.domain.group.facilitation import appoint, release
from intersessional.domain.group.group import Group
from intersessional.domain.group.proposed_group import propose
from intersessional.domain.group.renaming import rename
from intersessional.domain.group.stewardship import (
    active_group,
    facilitators_then,
    stewarded_group,
)
from intersessional.domain.group.suspension import resume, suspend
from intersessional.domain.group_kind.handlers import load_kind_rules
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.body import Body, NamedBody
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.meeting.handlers import meeting_in_session
from intersessional.domain.participant.participant import Participant

_MEMBERS = (Role.MAG_MEMBER, Role.MAG_CHAIR)


async def record_group(command: RecordGroup, context: CommandContext) -> UUID:
    """Record a group of the past that no decision is known of, as history."""
    act = await context.act_as(Role.SECRETARIAT)
    if not act.provenance.historical:
        raise DecisionRequired
    rules = await load_kind_rules(context, command.kind, act.occurred)
    cycle = None if command.year is None else await context.load(Cycle, cycle_id(command.year))
    group = Group.establish(
        act, id=command.derived_id, cycle=cycle, kind=command.kind, name=command.name
    )
    context.add(group)
    if cycle is not None:
        await admit_group(context, act, cycle, group, rules)
    return group.id


async def appoint_facilitator(command: AppointFacilitator, context: CommandContext) -> UUID:
    """Appoint a participant who does not facilitate the group then."""
    group, act = await _mandated_group(command, context)
    participant = await context.load(Participant, command.participant)
    appoint(group, act, participant, decision_id=command.decision)
    return group.id


async def release_facilitator(command: ReleaseFacilitator, context: CommandContext) -> UUID:
    """Release a participant who facilitates the group then."""
    group, act = await _mandated_group(command, context)
    release(group, act, command.participant, decision_id=command.decision)
    return group.id


async def rename_group(command: RenameGroup, context: CommandContext) -> UUID:
    """Rename the group."""
    group, act = await _mandated_group(command, context)
    rename(group, act, name=command.name, reason=command.reason, decision_id=command.decision)
    return group.id


async def conclude_group(command: ConcludeGroup, context: CommandContext) -> UUID:
    """End the group's work."""
    group, act = await _mandated_group(command, context)
    conclude(group, act, reason=command.reason, decision_id=command.decision)
    return group.id


async def suspend_group(command: SuspendGroup, context: CommandContext) -> UUID:
    """Suspend the group's work."""
    group, act = await _mandated_group(command, context)
    suspend(group, act, reason=command.reason, decision_id=command.decision)
    return group.id


async def resume_group(command: ResumeGroup, context: CommandContext) -> UUID:
    """Resume the group's work."""
    group, act = await _mandated_group(command, context)
    resume(group, act, reason=command.reason, decision_id=command.decision)
    return group.id


async def propose_group(command: ProposeGroup, context: CommandContext) -> UUID:
    """Propose a group, as members of the MAG do, or the Secretariat for them."""
    act = await context.act_as(*_MEMBERS, Role.SECRETARIAT)
    cycle = await context.load(Cycle, cycle_id(command.year))
    (await load_kind_rules(context, command.kind, act.occurred)).check_unproposed()
    await _check_meeting(context, command.meeting, cycle)
    proposed_by = command.proposed_by or _own(act, context)
    await _check_participants(context, proposed_by)
    group = propose(
        act,
        id=command.derived_id,
        cycle=cycle,
        kind=command.kind,
        name=command.name,
        remit=command.remit,
        proposed_by=proposed_by,
        meeting_id=command.meeting,
    )
    context.add(group)
    return group.id


async def state_group_wish(command: StateGroupWish, context: CommandContext) -> UUID:
    """State a wish, as a facilitator of the group, or the Secretariat for it."""
    group, act = await stewarded_group(context, command.group, command.expected_version)
    cycle = await context.load(Cycle, cycle_id(command.year))
    await _check_meeting(context, command.meeting, cycle)
    body = None if command.body is None else await find_body(context, "body", command.body)
    state_wish(
        group,
        act,
        cycle=cycle,
        wish=command.wish,
        body=body,
        meeting_id=command.meeting,
        words=command.words,
    )
    return group.id


async def form_drafting_team(command: FormDraftingTeam, context: CommandContext) -> UUID:
    """Form a drafting team, as a facilitator of the group, or the Secretariat for it."""
    group, act = await stewarded_group(context, command.group, command.expected_version)
    await _check_participants(context, command.members)
    form_team(group, act, members=command.members, task=command.task)
    return group.id


async def record_group_report(command: RecordGroupReport, context: CommandContext) -> UUID:
    """Record a report, as a facilitator of the group, or the Secretariat for it."""
    group, act = await stewarded_group(context, command.group, command.expected_version)
    cycle = await context.load(Cycle, cycle_id(command.year))
    await _check_meeting(context, command.meeting, cycle)
    if command.document is not None:
        await context.load(Document, command.document)
    report(
        group,
        act,
        report_id=command.derived_id,
        cycle=cycle,
        text=command.report,
        document_id=command.document,
        meeting_id=command.meeting,
        annual_meeting_years=command.annual_meeting_years,
    )
    return group.id


async def dissolve_group(command: DissolveGroup, context: CommandContext) -> UUID:
    """Dissolve a group, by a decision of the MAG (DOMAIN row 27)."""
    group = await active_group(context, command.group, command.expected_version)
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    await check_mandate(context, act, command.decision, group)
    dissolve(
        group,
        act,
        absorbed_by=await find_body(context, "absorbed_by", command.absorbed_by),
        reason=command.reason,
        decision_id=command.decision,
    )
    return group.id


async def _mandated_group(
    command: AppointFacilitator
    | ReleaseFacilitator
    | RenameGroup
    | SuspendGroup
    | ResumeGroup
    | ConcludeGroup,
    context: CommandContext,
) -> tuple[Group, Act]:
    """A group, and the act of its facilitator, or of who names the MAG's decision (DOMAIN row 27).

    Raises what ``active_group``, ``CommandContext.act_as`` and ``check_mandate`` raise.
    """
    group = await active_group(context, command.group, command.expected_version)
    act = await context.act_as(
        Role.FACILITATOR,
        Role.SECRETARIAT,
        Role.MAG_CHAIR,
        facilitators=facilitators_then(group, context),
    )
    await check_mandate(context, act, command.decision, group)
    return group, act


async def find_body(context: CommandContext, field: str, named: NamedBody) -> Body:
    """The body that a field of a command names. Raises BadValue, NotFound."""
    body = named.validated(field)
    if body.group_id is not None:
        await context.load(Group, body.group_id)
    return body


def _own(act: Act, context: CommandContext) -> tuple[UUID, ...]:
    """The sender, if they act as a member of the MAG."""
    person = context.caller.person
    return (person,) if person is not None and act.actor.role in _MEMBERS else ()


async def _check_meeting(context: CommandContext, meeting: UUID | None, cycle: Cycle) -> None:
    """Check that the MAG met in the cycle then. Raises NotFound, BadValue."""
    if meeting is not None:
        await meeting_in_session(context, meeting, cycle.id)


async def _check_participants(context: CommandContext, ids: Collection[UUID]) -> None:
    """Check that all of them are in the record. Raises NotFound."""
    for id in ids:
        await context.load(Participant, id)
