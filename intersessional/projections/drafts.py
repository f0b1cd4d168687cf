"""The view of draft outputs."""

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
    title: Sealed
    label: Sealed | None
    language: str | None
    revision: int
    blocks: tuple[Block, ...]


def _evolve(draft: DraftDocument | None, recorded: RecordedEvent) -> DraftDocument | None:
    match recorded.event:
        case Draft.Published() as event:
            return DraftDocument(
                event.group_id,
                event.title,
                event.label,
                event.language,
                event.revision,
                event.blocks,
            )
        case Draft.Revised() as event if draft is not None:
            return replace(
                draft,
                label=event.label,
                language=event.language,
                revision=event.revision,
                blocks=revised_blocks(draft.blocks, event),
            )
        case _:
            return draft


DRAFTS = View(
    name="drafts",
    version=2,
    document=DraftDocument,
    keys=stream_of(Draft),
    evolve=_evolve,
    lists=lambda draft: under(draft.group_id),
)
