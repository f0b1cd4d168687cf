"""Handlers of the commands about questions."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import BadValue, RoleRequired
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.participant.participant import Participant
from intersessional.domain.raised_question.commands import (
    AnswerQuestion,
    RaiseQuestion,
    WithdrawQuestion,
)
from intersessional.domain.raised_question.raised_question import RaisedQuestion

_RECORDERS = (Role.SECRETARIAT, Role.OPERATOR)
"""They record what others raised and answered."""


async def raise_question(command: RaiseQuestion, context: CommandContext) -> UUID:
    """Raise a question, as a member of the MAG, or record one as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)
    cycle = await context.load(Cycle, cycle_id(command.year))
    if command.about is not None:
        await context.load(Aggregate, command.about)
    await _check_meeting(context, command.meeting, cycle.id)
    question = RaisedQuestion.put(
        act,
        id=command.derived_id,
        cycle=cycle,
        text=command.question,
        about_id=command.about,
        meeting_id=command.meeting,
        raised_by=await _speaker(context, act, command.raised_by, "raised_by"),
    )
    context.add(question)
    return question.id


async def answer_question(command: AnswerQuestion, context: CommandContext) -> UUID:
    """Answer a question, as a member of the MAG, or record an answer as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)
    question = await context.load(RaisedQuestion, command.question, command.expected_version)
    await _check_meeting(context, command.meeting, question.cycle_id)
    question.answer(
        act,
        text=command.answer,
        complete=command.complete,
        meeting_id=command.meeting,
        answered_by=await _speaker(context, act, command.answered_by, "answered_by"),
    )
    return question.id


async def withdraw_question(command: WithdrawQuestion, context: CommandContext) -> UUID:
    """Withdraw a question, as whoever raised it; the Chair or the Secretariat records it."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)
    question = await context.load(RaisedQuestion, command.question, command.expected_version)
    if act.actor.role is Role.MAG_MEMBER and question.raised_by != context.caller.person:
        raise RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=context.now)
    question.withdraw(act, reason=command.reason)
    return question.id


async def _speaker(
    context: CommandContext, act: Act, person: UUID | None, field: str
) -> UUID | None:
    """Who raised or answered: the sender, or whom a recorder names. Raises BadValue, NotFound."""
    if act.actor.role not in _RECORDERS and person in (None, context.caller.person):
        return context.caller.person
    if act.actor.role not in _RECORDERS:
        problem = "only the Secretariat records what somebody else said."
        raise BadValue(field=field, problem=problem)
    return None if person is None else (await context.load(Participant, person)).id


async def _check_meeting(context: CommandContext, id: UUID | None, cycle_id: UUID) -> None:
    if id is not None and (await context.load(Meeting, id)).cycle_id != cycle_id:
        raise BadValue(field="meeting", problem="it belongs to another cycle.")
