"""Handlers of the commands about outlines."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.stewardship import stewarded_group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.outline.commands import DefineOutline, ReviseOutline
from intersessional.domain.outline.outline import Outline
from intersessional.domain.rule.core_rules import OUTPUT_STRUCTURED


async def define_outline(command: DefineOutline, context: CommandContext) -> UUID:
    """Define the first version, as a facilitator or the Secretariat."""
    group, act = await stewarded_group(context, command.group)
    cycle = cycle_id(command.year)
    if cycle not in group.cycle_ids:
        raise BadValue(field="year", problem="the group does not belong to the cycle of that year.")
    await context.check_absent(Outline, command.created_id)
    outline = Outline.define(
        act, id=command.created_id, group_id=group.id, cycle_id=cycle, entries=command.sections
    )
    context.add(outline)
    _note_deviation(context, act, outline)
    return outline.id


async def revise_outline(command: ReviseOutline, context: CommandContext) -> UUID:
    """Define a further version, as a facilitator or the Secretariat."""
    outline = await context.load(Outline, command.outline, command.expected_version)
    _, act = await stewarded_group(context, outline.group_id)
    before = outline.deviating_facts
    outline.revise(act, command.sections)
    # What the last version deviated in is on record.
    if outline.deviating_facts != before:
        _note_deviation(context, act, outline)
    return outline.id


def _note_deviation(context: CommandContext, act: Act, outline: Outline) -> None:
    """Record a deviation if the outline has not the suggested structure (DOMAIN row 28)."""
    facts = outline.deviating_facts
    if facts:
        context.deviate(
            OUTPUT_STRUCTURED,
            act,
            subject=outline.id,
            cycle_id=outline.cycle_id,
            group_id=outline.group_id,
            facts=facts,
        )
