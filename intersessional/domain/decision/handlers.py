"""Handler of the command that records a decision of the MAG with all its outcomes."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.announcement import BASIS_MAX, Announcement
from intersessional.domain.decision.commands import OutcomeChoice, RecordDecision, check_outcomes
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_outcome import Outcome
from intersessional.domain.decision.outcomes import OutcomeHandler
from intersessional.domain.decision.steps.commands import ProposeDecision, TakeDecision
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.meeting.handlers import meeting_in_session
from intersessional.domain.participant.participant import Participant
from intersessional.domain.rule.core_rules import OBJECTIONS_RECORDED


async def record_decision(command: RecordDecision, context: CommandContext) -> UUID:
    """Record a decision that a Chair announced, as one of those who may (DOMAIN rows 27, 34)."""
    act = await context.act_as(Role.MAG_CHAIR, Role.SECRETARIAT)
    cycle = await context.load(Cycle, cycle_id(command.year), command.expected_version)
    rationale = validated_optional_text("rationale", command.rationale)
    announcement = await announced(
        command,
        context,
        act,
        cycle,
        rationale=rationale,
        assessment=command.assessment,
        objections=command.objections,
    )
    outcomes = await applied(command.outcomes, context, act, cycle, command.derived_id)
    decision = Decision.take(
        act,
        announcement,
        id=command.derived_id,
        statement=command.statement,
        outcomes=outcomes,
    )
    context.add(decision)
    if not announcement.tells_objections:
        context.deviate(
            OBJECTIONS_RECORDED,
            act,
            subject=decision.id,
            cycle_id=cycle.id,
            facts={"method": command.method},
        )
    return decision.id


async def announced(
    command: RecordDecision | ProposeDecision | TakeDecision,
    context: CommandContext,
    act: Act,
    cycle: Cycle,
    *,
    rationale: Sealed | None,
    assessment: UUID | None = None,
    objections: int | None = None,
    basis: Sequence[UUID] = (),
) -> Announcement:
    """What a command says of where, how, by whom and on what grounds, as far as it can be checked.

    Raises MeetingRequired, RoleRequired, NotFound, BadValue.
    """
    announcement = Announcement(
        cycle=cycle,
        meeting_id=command.meeting,
        on_list=command.on_list,
        method=command.method,
        announced_by=None,
        rationale=rationale,
        assessment_id=assessment,
        objections=objections,
        basis=tuple(dict.fromkeys((*basis, *command.basis))),
    )
    announcement.check_occasion(act)
    if command.meeting is not None:
        await meeting_in_session(context, command.meeting, cycle.id)
    announcement = replace(announcement, announced_by=await _announcer(command, act, context))
    announcement.check_announcer(act)
    if len(announcement.basis) > BASIS_MAX:
        raise BadValue(field="basis", problem=f"at most {BASIS_MAX}.")
    for id in command.basis:
        await context.load(Aggregate, id)
    return announcement


async def applied(
    choices: Sequence[OutcomeChoice],
    context: CommandContext,
    act: Act,
    cycle: Cycle,
    decision_id: UUID,
) -> tuple[Outcome, ...]:
    """Apply the outcomes of a decision, in order. Raises BadValue, and what aggregates raise."""
    check_outcomes(choices)
    outcomes: list[Outcome] = []
    for place, choice in enumerate(choices, 1):
        handler = OutcomeHandler(
            decision_id=decision_id, place=place, cycle=cycle, act=act, context=context
        )
        outcomes.append(await handler.apply(choice))
    return tuple(outcomes)


async def _announcer(
    command: RecordDecision | ProposeDecision | TakeDecision, act: Act, context: CommandContext
) -> Participant | None:
    """The announcer that the command names, else the sender acting as chair. Raises NotFound."""
    person = command.announced_by
    if person is None and act.actor.role is Role.MAG_CHAIR:
        person = context.caller.person
    return None if person is None else await context.load(Participant, person)
