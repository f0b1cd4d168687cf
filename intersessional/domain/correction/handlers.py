"""The handler of corrections."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.correction.commands import CorrectFact
from intersessional.domain.correction.corrected_fields import CorrectedField, with_field
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.refusals import BadValue, LimitReached, NotFound
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import validated_text
from intersessional.domain.participant.participant import Participant

CHANGES_MAX = 20
"""Fields of one correction."""
CORRECTIONS_MAX = 200
"""Corrections of the events of one stream: each is read, and folds them all once more."""


async def correct_fact(command: CorrectFact, context: CommandContext) -> UUID:
    """Correct a fact, as the Secretariat, or as the person who recorded it.

    What followed from the fact before stands: no reaction comes after a correction.
    """
    subject = await context.load(Aggregate, command.stream, command.expected_version)
    fact = _recorded(subject, command)
    act = await _act(fact, context)
    if subject.corrections >= CORRECTIONS_MAX:
        raise LimitReached(kind=f"corrections of one {subject.noun()}", most=CORRECTIONS_MAX)
    corrected = _with_time(await _with_changes(fact, command, context), command, context)
    if corrected is fact:
        raise BadValue(field="changes", problem="give at least one field, or another time.")
    reason = validated_text("reason", command.reason)
    _check(corrected.check_values)
    subject.record(FactCorrected, act=act, fact=corrected, reason=reason)
    _check(subject.check_corrected)
    return subject.id


def _recorded(subject: Aggregate, command: CorrectFact) -> DomainEvent:
    version, by = command.version, command.recorded_by
    if by is None:
        fact = subject.fact(version)
        if fact is None and 1 <= version <= subject.version:
            raise BadValue(field="version", problem="it is a correction: correct its event again.")
    else:
        facts = subject.facts_of_command(by)
        fact = facts[version - 1] if 1 <= version <= len(facts) else None
    if fact is None:
        id = f"{subject.id}/{version}" if by is None else f"{subject.id}/{by}/{version}"
        raise NotFound(kind="event", id=id)
    if fact.act.actor.role is Role.SYSTEM:
        problem = "a rule or the clock made it, and it stands: correct what it followed from."
        raise BadValue(field="version", problem=problem)
    return fact


def _check(check: Callable[[], None]) -> None:
    try:
        check()
    except BadValue as refused:
        problem = f"{refused.field}: {refused.problem}"
        raise BadValue(field="changes", problem=problem) from None


async def _act(fact: DomainEvent, context: CommandContext) -> Act:
    person, recorder = context.caller.person, fact.act.actor
    if person is not None and recorder.person == person and recorder.role is not Role.OPERATOR:
        return await context.act_as(Role.SECRETARIAT, recorder.role)
    return await context.act_as(Role.SECRETARIAT)


async def _with_changes(
    fact: DomainEvent, command: CorrectFact, context: CommandContext
) -> DomainEvent:
    if len(command.changes) > CHANGES_MAX:
        raise LimitReached(kind="fields of a correction", most=CHANGES_MAX)
    for n, change in enumerate(command.changes):
        corrected = with_field(fact, change.field, change.value, f"changes.{n}")
        if await _is_same(corrected, context):
            raise BadValue(field=f"changes.{n}.value", problem="it is recorded so already.")
        if corrected.is_person and corrected.after is not None:
            await context.load(Participant, corrected.after)
        fact = corrected.fact
    return fact


async def _is_same(corrected: CorrectedField, context: CommandContext) -> bool:
    before, after = corrected.before, corrected.after
    if isinstance(before, Sealed) and isinstance(after, Sealed):
        return (await context.reveal([before])).get(before) == after.value
    return bool(before == after)


def _with_time(fact: DomainEvent, command: CorrectFact, context: CommandContext) -> DomainEvent:
    happened = command.happened
    if happened is None:
        return fact
    if happened == fact.act.occurred:
        raise BadValue(field="happened", problem="it is recorded so already.")
    if not happened.certain_by(context.now):
        raise BadValue(field="happened", problem="it has not happened yet.")
    fields: dict[str, Any] = {
        "act": replace(fact.act, occurred=happened),
        "timestamp": happened.begins,
    }
    return replace(fact, **fields)
