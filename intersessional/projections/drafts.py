"""The view of draft outputs."""

from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.draft.block import Block
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class DraftDocument:
    """A draft output in its latest revision."""

    group_id: UUID
    title: Sealed
    revision: int
    blocks: tuple[Block, ...]


def _evolve(draft: DraftDocument | None, recorded: RecordedEvent) -> DraftDocument | None:
    match recorded.event:
        case Draft.Published() as event:
            return DraftDocument(event.group_id, event.title, event.revision, event.blocks)
        case Draft.Revised() as event if draft is not None:
            return replace(draft, revision=event.revision, blocks=event.blocks)
        case _:
            return draft


DRAFTS = View(
    name="drafts",
    version=1,
    document=DraftDocument,
    keys=stream_of(Draft),
    evolve=_evolve,
    lists=lambda draft: under(draft.group_id),
)
