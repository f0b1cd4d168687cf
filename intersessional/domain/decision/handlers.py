"""How a decision of the MAG is recorded: everything it brings about, or nothing."""

from collections.abc import Sequence
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision import effects
from intersessional.domain.decision.commands import (
    Approve,
    Decline,
    Defer,
    Establish,
    Given,
    Merge,
    OutcomeChoice,
    RecordDecision,
    Redirect,
    SetPolicy,
)
from intersessional.domain.decision.decision import (
    Decision,
    DecisionKind,
    Outcome,
    OutcomeKind,
)
from intersessional.domain.decision.effects import Ruling
from intersessional.domain.decision.refusals import (
    AssessmentRequired,
    MeetingRequired,
    RationaleRequired,
)
from intersessional.domain.kernel.act import Ground, Role
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.numbers import optional_bounded_int
from intersessional.domain.kernel.refusals import BadValue, RoleRequired
from intersessional.domain.kernel.texts import text, validated_optional_text
from intersessional.domain.meeting.handlers import at_meeting
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.writing import shown

_OUTCOMES_MAX = 50
_OBJECTIONS_MAX = 1_000


async def record_decision(command: RecordDecision, context: CommandContext) -> UUID:
    """Answer RecordDecision: the MAG decides, the Secretariat only records (DOMAIN rows 27, 34)."""
    act = await context.act_as(Role.MAG_CHAIR, Role.SECRETARIAT)
    ruling = Ruling(
        id=command.new_id,
        cycle=await context.load(Cycle, cycle_id(command.year), command.expected_version),
        act=act,
        rationale=validated_optional_text("rationale", command.rationale),
        context=context,
    )
    if act.provenance.ground is Ground.ILLUSTRATION and not ruling.cycle.illustrates:
        problem = "an illustration decides nothing in a real cycle."
        raise BadValue(field="provenance.ground", problem=problem)
    await _check_meeting(command, ruling)
    announced_by = await _announcer(command, ruling)
    _check_once(command.outcomes)
    outcomes = tuple(
        [await _bring_about(ruling, given, n) for n, given in enumerate(command.outcomes, 1)]
    )
    kinds = tuple(dict.fromkeys(_KINDS[outcome.kind] for outcome in outcomes))
    _check_grounds(command, ruling, outcomes)
    context.add(
        Decision.begin(
            Decision.Recorded,
            id=ruling.id,
            act=act,
            cycle_id=ruling.cycle.id,
            year=ruling.cycle.year,
            kinds=kinds or (DecisionKind.PROCEDURE,),
            meeting_id=command.meeting,
            on_list=command.on_list,
            method=command.method,
            announced_by=announced_by,
            statement=text("statement", command.statement),
            rationale=ruling.rationale,
            assessment_id=command.assessment,
            objections=optional_bounded_int("objections", command.objections, 0, _OBJECTIONS_MAX),
            outcomes=outcomes,
        )
    )
    return ruling.id


_KINDS = {
    OutcomeKind.POLICY_ADOPTED: DecisionKind.POLICY,
    OutcomeKind.POLICY_SUPERSEDED: DecisionKind.POLICY,
    OutcomeKind.PROPOSAL_APPROVED: DecisionKind.SELECTION,
    OutcomeKind.PROPOSAL_DECLINED: DecisionKind.SELECTION,
    OutcomeKind.PROPOSAL_DEFERRED: DecisionKind.SELECTION,
    OutcomeKind.PROPOSAL_REDIRECTED: DecisionKind.SELECTION,
    OutcomeKind.PROPOSAL_MERGED: DecisionKind.SELECTION,
    OutcomeKind.GROUP_ESTABLISHED: DecisionKind.GROUPS,
}


async def _bring_about(ruling: Ruling, outcomes: OutcomeChoice, place: int) -> Outcome:
    path = f"outcomes.{place - 1}"
    match list(outcomes.given.items()):
        case [(name, given)]:
            try:
                return await _effect(ruling, given, place)
            except BadValue as refused:
                raise refused.within(f"{path}.{shown(name)}") from None
        case _:
            raise BadValue(field=path, problem="it is exactly one thing.")


async def _effect(ruling: Ruling, given: Given, place: int) -> Outcome:
    match given:
        case SetPolicy():
            return await effects.set_policy(ruling, given)
        case Approve():
            return await effects.approve(ruling, given, place)
        case Decline():
            return await effects.decline(ruling, given)
        case Defer():
            return await effects.defer(ruling, given)
        case Redirect():
            return await effects.redirect(ruling, given)
        case Merge():
            return await effects.merge(ruling, given, place)
        case Establish():
            return await effects.establish(ruling, given, place)


async def _check_meeting(command: RecordDecision, ruling: Ruling) -> None:
    if command.meeting is None:
        if not (command.on_list or ruling.historical):
            raise MeetingRequired
    elif command.on_list:
        raise BadValue(field="onList", problem="it was taken at a meeting.")
    else:
        await at_meeting(ruling.context, command.meeting, ruling.cycle.id)


async def _announcer(command: RecordDecision, ruling: Ruling) -> UUID | None:
    """Who announced it: a chair of that instant; sources of the past may not tell who."""
    person = command.announced_by
    if person is None and ruling.act.actor.role is Role.MAG_CHAIR:
        person = ruling.context.caller.person
    if person is None and ruling.historical:
        return None
    at = ruling.act.occurred.begins
    chair = None if person is None else await ruling.context.load(Participant, person)
    if chair is None or not chair.holds(Role.MAG_CHAIR, at):
        raise RoleRequired(needed=(Role.MAG_CHAIR,), at=at)
    return chair.id


def _check_once(outcomes: Sequence[OutcomeChoice]) -> None:
    """Nothing is told of twice: a cap raised and lowered again in one decision would be none."""
    if len(outcomes) > _OUTCOMES_MAX:
        raise BadValue(field="outcomes", problem=f"at most {_OUTCOMES_MAX}.")
    concerns = [one for outcome in outcomes for one in outcome.concerns]
    if len(set(concerns)) < len(concerns):
        raise BadValue(field="outcomes", problem="a proposal or a policy stands in two of them.")


def _check_grounds(command: RecordDecision, ruling: Ruling, outcomes: tuple[Outcome, ...]) -> None:
    """A selection gives a rationale and names an assessment (DOMAIN rows 8, 34)."""
    assessments = ruling.cycle.assessments
    if command.assessment is not None and command.assessment not in assessments:
        raise AssessmentRequired(assessments=len(assessments))
    if ruling.historical:
        return
    kinds = {outcome.kind for outcome in outcomes}
    selects = any(_KINDS[kind] is DecisionKind.SELECTION for kind in kinds)
    if command.rationale is None and (selects or OutcomeKind.POLICY_SUPERSEDED in kinds):
        raise RationaleRequired
    if selects and command.assessment is None:
        raise AssessmentRequired(assessments=len(assessments))
