"""Handlers of the commands about the life of a decision."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import check_outcomes
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_step import DecisionStep
from intersessional.domain.decision.handlers import announced, applied
from intersessional.domain.decision.intended_outcome import IntendedOutcome, check_same
from intersessional.domain.decision.outcome_intentions import intended_outcomes
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.decision.steps.commands import (
    AnnulDecision,
    BlockDecision,
    ObjectToDecision,
    ProposeDecision,
    SupersedeDecision,
    TakeDecision,
    WithdrawObjection,
)
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import RoleRequired
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.participant.participant import Participant
from intersessional.domain.rule.core_rules import OBJECTIONS_RECORDED

_RECORDERS = (Role.MAG_CHAIR, Role.SECRETARIAT)
_MEMBERS = (Role.MAG_MEMBER, Role.MAG_CHAIR)


async def propose_decision(command: ProposeDecision, context: CommandContext) -> UUID:
    """Propose a decision that a Chair announced, as one of those who may."""
    act = await context.act_as(*_RECORDERS)
    cycle = await context.load(Cycle, cycle_id(command.year), command.expected_version)
    announcement = await announced(
        command,
        context,
        act,
        cycle,
        rationale=validated_optional_text("rationale", command.rationale),
    )
    check_outcomes(command.outcomes)
    intended = intended_outcomes(command.outcomes, command.year)
    await _check_known(intended, context)
    decision = Decision.propose(
        act,
        announcement,
        id=command.derived_id,
        statement=command.statement,
        objections_until=command.objections_until,
        intended=intended,
    )
    context.add(decision)
    return decision.id


async def object_to_decision(command: ObjectToDecision, context: CommandContext) -> UUID:
    """Object as a member of the MAG, or record who objected as the Chair or the Secretariat."""
    given = (command.participant, command.name, command.number)
    own = given == (None, None, None)
    act = await context.act_as(*(_MEMBERS if own else _RECORDERS))
    decision = await context.load(Decision, command.decision, command.expected_version)
    participant = context.caller.person if own else command.participant
    if participant is not None:
        await _check_member(participant, act, context)
    DecisionStep(decision, act).object(
        id=command.derived_id,
        participant=participant,
        name=command.name,
        number=command.number,
        reasons=command.reasons,
    )
    return decision.id


async def withdraw_objection(command: WithdrawObjection, context: CommandContext) -> UUID:
    """Withdraw the sender's own objection, or any as the Chair or the Secretariat."""
    act = await context.act_as(*_RECORDERS, Role.MAG_MEMBER)
    decision = await context.load(Decision, command.decision, command.expected_version)
    step = DecisionStep(decision, act)
    objection = step.objection(command.objection)
    await context.check_part("objection", objection.id, objection.act)
    own = objection.person == context.caller.person
    if act.actor.role is Role.MAG_MEMBER and not own:
        raise RoleRequired(needed=_RECORDERS, at=act.occurred.begins)
    step.withdraw_objection(command.objection, reasons=command.reasons)
    return decision.id


async def take_decision(command: TakeDecision, context: CommandContext) -> UUID:
    """Take what was proposed, with its outcomes, as one of those who may (DOMAIN rows 27, 34)."""
    act = await context.act_as(*_RECORDERS)
    decision = await context.load(Decision, command.decision, command.expected_version)
    step = DecisionStep(decision, act)
    step.check_takeable(command.method)
    cycle = await context.load(Cycle, decision.own_cycle)
    rationale = validated_optional_text("rationale", command.rationale)
    announcement = await announced(
        command,
        context,
        act,
        cycle,
        rationale=rationale or decision.rationale,
        assessment=command.assessment,
        objections=command.objections,
        basis=decision.basis,
    )
    if not act.provenance.historical:
        check_same(decision.intended, intended_outcomes(command.outcomes, cycle.year))
    outcomes = await applied(command.outcomes, context, act, cycle, decision.id)
    step.take(announcement, outcomes)
    if not step.tells_objections(announcement):
        context.deviate(
            OBJECTIONS_RECORDED,
            act,
            subject=decision.id,
            cycle_id=cycle.id,
            facts={"method": command.method},
        )
    return decision.id


async def block_decision(command: BlockDecision, context: CommandContext) -> UUID:
    """Record that what was proposed is not taken, as the Chair or the Secretariat."""
    act = await context.act_as(*_RECORDERS)
    decision = await context.load(Decision, command.decision, command.expected_version)
    DecisionStep(decision, act).block(reason=command.reason)
    return decision.id


async def supersede_decision(command: SupersedeDecision, context: CommandContext) -> UUID:
    """Record that another decision took the place of one, as the Chair or the Secretariat."""
    act = await context.act_as(*_RECORDERS)
    decision = await context.load(Decision, command.decision, command.expected_version)
    by = await context.load(Decision, command.by)
    DecisionStep(decision, act).supersede(by=by, reason=command.reason)
    return decision.id


async def annul_decision(command: AnnulDecision, context: CommandContext) -> UUID:
    """Record that another decision declared one void, as the Chair or the Secretariat."""
    act = await context.act_as(*_RECORDERS)
    decision = await context.load(Decision, command.decision, command.expected_version)
    if command.by is None and not act.provenance.historical:
        raise DecisionRequired
    by = None if command.by is None else await context.load(Decision, command.by)
    DecisionStep(decision, act).annul(by=by, reason=command.reason)
    return decision.id


async def _check_member(person: UUID, act: Act, context: CommandContext) -> None:
    """Check that members of the MAG object; history may lack their roles.

    Raises NotFound, RoleRequired.
    """
    participant = await context.load(Participant, person)
    if act.provenance.historical:
        return
    lacks = [participant.lacks(role, act.occurred, historical=False) for role in _MEMBERS]
    if None not in lacks:
        raise RoleRequired(needed=_MEMBERS, at=act.occurred.begins)


async def _check_known(intended: tuple[IntendedOutcome, ...], context: CommandContext) -> None:
    """Check that the proposals and groups of intended outcomes are in the record. Raises NotFound.

    A policy may be set for the first time.
    """
    for outcome in intended:
        for subject in outcome.subjects if outcome.value is None else ():
            await context.load(Aggregate, subject)
