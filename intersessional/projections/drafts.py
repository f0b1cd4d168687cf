"""The view of draft outputs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.draft.block import Block
from intersessional.domain.draft.draft import Draft, revised_blocks
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class DraftDocument:
    """A draft output in its latest revision."""

    group_id: UUID
    cycle_id: UUID | None
    """The cycle that it was last published in."""
    title: Sealed
    label: Sealed | None
    language: str | None
    revision: int
    blocks: tuple[Block, ...]
    changed_in: tuple[int, ...]
    """The revision in which each of the blocks came to be as it is."""

    def block(self, id: str) -> Block | None:
        """The block with this id; None for one that the latest revision lacks."""
        return next((block for block in self.blocks if block.id == id), None)


def drafts_kind(cycle: UUID | None) -> str:
    """The kind of the drafts of a group that were last published in a cycle, or in none."""
    return f"IN {cycle}"


def _evolve(draft: DraftDocument | None, recorded: RecordedEvent) -> DraftDocument | None:
    match recorded.event:
        case Draft.Published() as event:
            return DraftDocument(
                event.group_id,
                event.cycle_id,
                event.title,
                event.label,
                event.language,
                event.revision,
                event.blocks,
                (event.revision,) * len(event.blocks),
            )
        case Draft.Revised() as event if draft is not None:
            blocks = revised_blocks(draft.blocks, event)
            return replace(
                draft,
                cycle_id=event.cycle_id,
                label=event.label,
                language=event.language,
                revision=event.revision,
                blocks=blocks,
                changed_in=_changed_in(draft, event, blocks),
            )
        case _:
            return draft


def _changed_in(
    before: DraftDocument, event: Draft.Revised, blocks: Sequence[Block]
) -> tuple[int, ...]:
    earlier = zip((block.id for block in before.blocks), before.changed_in, strict=True)
    new = ((block.id, event.revision) for block in (*event.added, *event.changed))
    changed_in = {**dict(earlier), **dict(new)}
    return tuple(changed_in[block.id] for block in blocks)


DRAFTS = View(
    name="drafts",
    version=7,
    document=DraftDocument,
    keys=stream_of(Draft),
    evolve=_evolve,
    lists=lambda draft: under(draft.group_id, drafts_kind(draft.cycle_id)),
)
