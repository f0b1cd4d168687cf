"""Handlers of the commands about sessions at the annual meeting."""

from dataclasses import replace
from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.dedicated_session.commands import (
    CancelSession,
    RecordSessionHeld,
    RequestSession,
    ScheduleSession,
)
from intersessional.domain.dedicated_session.dedicated_session import DedicatedSession
from intersessional.domain.document.document import Document
from intersessional.domain.group.group import Group
from intersessional.domain.group.stewardship import facilitators_then, stewarded_group
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import annual_meeting_id, cycle_id
from intersessional.domain.kernel.refusals import BadValue


async def request_session(command: RequestSession, context: CommandContext) -> UUID:
    """Request a session, as a facilitator of the group, or the Secretariat for it."""
    group, act = await stewarded_group(context, command.group)
    group.check_established(act.occurred)
    session = DedicatedSession.request(
        act,
        group,
        await context.load(Cycle, cycle_id(command.year)),
        id=command.derived_id,
        title=command.title,
        note=command.note,
    )
    context.add(session)
    return session.id


async def schedule_session(command: ScheduleSession, context: CommandContext) -> UUID:
    """Schedule a session, as the Secretariat, which makes the programme."""
    act = await context.act_as(Role.SECRETARIAT)
    session = await context.load(DedicatedSession, command.session, command.expected_version)
    session.schedule(
        act,
        await context.find(AnnualMeeting, annual_meeting_id(session.year)),
        planned=command.planned,
        duration_minutes=command.duration_minutes,
        time_zone=command.time_zone,
        venue=command.venue,
    )
    return session.id


async def record_session_held(command: RecordSessionHeld, context: CommandContext) -> UUID:
    """Record that a session took place; it did when it began, unless the command gives a time."""
    session, act = await _stewarded_session(context, command.session, command.expected_version)
    if command.began.ends > context.now:
        raise BadValue(field="began", problem="it is yet to come.")
    if command.occurred is None:
        act = replace(act, occurred=command.began)
    if command.document is not None:
        await context.load(Document, command.document)
    session.hold(act, began=command.began, record=command.record, document_id=command.document)
    return session.id


async def cancel_session(command: CancelSession, context: CommandContext) -> UUID:
    """Cancel a session, as a facilitator of the group or the Secretariat."""
    session, act = await _stewarded_session(context, command.session, command.expected_version)
    session.cancel(act, reason=command.reason)
    return session.id


async def _stewarded_session(
    context: CommandContext, id: UUID, expected: int | None
) -> tuple[DedicatedSession, Act]:
    """A session, and the act of a facilitator of its group or of the Secretariat.

    Raises NotFound, StaleVersion, and what ``CommandContext.act_as`` raises.
    """
    session = await context.load(DedicatedSession, id, expected)
    group = await context.load(Group, session.group_id)
    act = await context.act_as(
        Role.FACILITATOR, Role.SECRETARIAT, facilitators=facilitators_then(group, context)
    )
    return session, act
