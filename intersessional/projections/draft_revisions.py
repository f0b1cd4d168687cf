"""The view of the revisions of draft outputs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.draft.block import Block
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.ids import revision_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under


@dataclass(frozen=True)
class DraftRevisionDocument:
    """What one revision changed; the blocks by their ids."""

    draft_id: UUID
    number: int
    label: Sealed | None
    language: str | None
    published: Occurred
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    match recorded.event:
        case Draft.Published() | Draft.Revised() as event:
            return (revision_id(recorded.stream, event.revision),)
        case _:
            return ()


def _evolve(
    revision: DraftRevisionDocument | None, recorded: RecordedEvent
) -> DraftRevisionDocument | None:
    match recorded.event:
        case Draft.Published() as event:
            return _revision(event, added=event.blocks)
        case Draft.Revised() as event:
            return _revision(event, added=event.added, changed=event.changed, removed=event.removed)
        case _:
            return revision


def _revision(
    event: Draft.Published | Draft.Revised,
    *,
    added: Iterable[Block],
    changed: Iterable[Block] = (),
    removed: tuple[str, ...] = (),
) -> DraftRevisionDocument:
    return DraftRevisionDocument(
        draft_id=event.originator_id,
        number=event.revision,
        label=event.label,
        language=event.language,
        published=event.act.occurred,
        added=_ids(added),
        changed=_ids(changed),
        removed=removed,
    )


def _ids(blocks: Iterable[Block]) -> tuple[str, ...]:
    return tuple(block.id for block in blocks)


DRAFT_REVISIONS = View(
    name="draft_revisions",
    version=1,
    document=DraftRevisionDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda revision: under(revision.draft_id),
)
