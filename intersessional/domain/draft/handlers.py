"""Handlers of the commands about draft outputs."""

from collections.abc import Sequence
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft, ReviseDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.approval import check_approved
from intersessional.domain.group.stewardship import stewarded_group
from intersessional.domain.kernel.ids import outline_id
from intersessional.domain.kernel.refusals import NotFound
from intersessional.domain.outline.outline import Outline


async def publish_draft(command: PublishDraft, context: CommandContext) -> UUID:
    """Publish the first revision, as a facilitator or the Secretariat."""
    group, act = await stewarded_group(context, command.group)
    past = group.check_active(act.occurred)
    await _check_sections(context, group.id, past.cycle_id, command.blocks)
    draft = Draft.publish(
        act,
        id=command.derived_id,
        group_id=group.id,
        cycle_id=past.cycle_id,
        title=command.title,
        blocks=command.blocks,
        label=command.label,
        language=command.language,
    )
    context.add(draft)
    check_approved(context, act, group, act.occurred, subject=draft.id)
    return draft.id


async def revise_draft(command: ReviseDraft, context: CommandContext) -> UUID:
    """Publish a further revision, as a facilitator or the Secretariat."""
    draft = await context.load(Draft, command.draft, command.expected_version)
    group, act = await stewarded_group(context, draft.group_id)
    cycle_id = group.at(act.occurred).cycle_id
    await _check_sections(context, group.id, cycle_id, command.blocks)
    named = {block.id for block in command.blocks}
    draft.revise(
        act,
        command.blocks,
        cycle_id=cycle_id,
        texts=await context.reveal([one.text for one in draft.blocks if one.id in named]),
        label=command.label,
        language=command.language,
    )
    return draft.id


async def _check_sections(
    context: CommandContext, group: UUID, cycle: UUID | None, blocks: Sequence[WrittenBlock]
) -> None:
    """Check that the outline in the cycle has the sections. Raises NotFound, BadValue."""
    named = [(n, block.section) for n, block in enumerate(blocks) if block.section is not None]
    if not named:
        return
    outline = None if cycle is None else await context.find(Outline, outline_id(group, cycle))
    for n, section in named:
        if outline is None:
            raise NotFound(kind="section", id=section)
        outline.check_beside_elements(f"blocks.{n}.section", section)
