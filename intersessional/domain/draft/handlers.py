"""How commands about draft outputs are answered."""

from collections.abc import Collection, Sequence
from uuid import UUID

from intersessional.domain.draft.commands import PublishDraft, ReviseDraft, WrittenBlock
from intersessional.domain.draft.draft import Block, Draft
from intersessional.domain.group.handlers import steward
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.refusals import BadValue, NotFound
from intersessional.domain.kernel.texts import name, text

BLOCKS_MAX = 1_000
DRAFT_MAX = 500_000


async def publish_draft(command: PublishDraft, context: CommandContext) -> UUID:
    """Answer PublishDraft."""
    group, act = await steward(context, command.group)
    context.add(
        Draft.begin(
            Draft.Published,
            id=command.new_id,
            act=act,
            group_id=group.id,
            title=name("title", command.title),
            revision=1,
            blocks=_blocks(command.blocks, frozenset(), 0),
        )
    )
    return command.new_id


async def revise_draft(command: ReviseDraft, context: CommandContext) -> UUID:
    """Answer ReviseDraft."""
    draft = await context.load(Draft, command.draft, command.expected_version)
    _, act = await steward(context, draft.group_id)
    draft.record(
        Draft.Revised,
        act=act,
        revision=len(draft.revisions) + 1,
        blocks=_blocks(command.blocks, draft.revisions[-1], draft.blocks_made),
    )
    return draft.id


def _blocks(
    written: Sequence[WrittenBlock], known: Collection[str], made: int
) -> tuple[Block, ...]:
    if not 0 < len(written) <= BLOCKS_MAX:
        raise BadValue(field="blocks", problem=f"a draft has 1 to {BLOCKS_MAX} of them.")
    size = sum(len(block.text) for block in written)
    if size > DRAFT_MAX:
        raise BadValue(field="blocks", problem=f"a draft has at most {DRAFT_MAX} characters.")
    blocks: list[Block] = []
    for n, block in enumerate(written):
        if block.id is None:
            made += 1
        elif block.id not in known:
            raise NotFound(kind="block", id=block.id)
        written_text = text(f"blocks.{n}.text", block.text)
        blocks.append(Block(block.id or f"b{made}", written_text, block.element))
    if len({block.id for block in blocks}) < len(blocks):
        raise BadValue(field="blocks", problem="a block id is given twice.")
    return tuple(blocks)
