"""Handler of the command that records a decision of the MAG with all its outcomes."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import RecordDecision
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.outcomes import OutcomeHandler
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.meeting.handlers import meeting_in_session
from intersessional.domain.participant.participant import Participant


async def record_decision(command: RecordDecision, context: CommandContext) -> UUID:
    """Apply all outcomes, then record the decision (DOMAIN rows 27, 34)."""
    act = await context.act_as(Role.MAG_CHAIR, Role.SECRETARIAT)
    cycle = await context.load(Cycle, cycle_id(command.year), command.expected_version)
    rationale = validated_optional_text("rationale", command.rationale)
    Decision.check_occasion(act, cycle, command.meeting, on_list=command.on_list)
    if command.meeting is not None:
        await meeting_in_session(context, command.meeting, cycle.id)
    announced_by = await _announcer(command, act, context)
    Decision.check_announcer(act, announced_by)
    command.check_outcomes()
    outcomes = [
        await OutcomeHandler(
            decision_id=command.derived_id,
            place=place,
            cycle=cycle,
            act=act,
            context=context,
        ).apply(choice)
        for place, choice in enumerate(command.outcomes, 1)
    ]
    decision = Decision.take(
        act,
        id=command.derived_id,
        cycle=cycle,
        statement=command.statement,
        outcomes=tuple(outcomes),
        meeting_id=command.meeting,
        on_list=command.on_list,
        method=command.method,
        announced_by=announced_by,
        rationale=rationale,
        assessment_id=command.assessment,
        objections=command.objections,
    )
    context.add(decision)
    return decision.id


async def _announcer(
    command: RecordDecision, act: Act, context: CommandContext
) -> Participant | None:
    """The announcer that the command names, else the sender acting as chair. Raises NotFound."""
    person = command.announced_by
    if person is None and act.actor.role is Role.MAG_CHAIR:
        person = context.caller.person
    return None if person is None else await context.load(Participant, person)
