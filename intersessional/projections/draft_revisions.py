"""The view of the revisions of draft outputs."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.ids import revision_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under


@dataclass(frozen=True)
class DraftRevisionDocument:
    """A revision of a draft; its blocks are in the draft's document of that position."""

    draft_id: UUID
    number: int
    label: Sealed | None
    language: str | None
    published: Occurred


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
        case Draft.Published() | Draft.Revised() as event:
            return DraftRevisionDocument(
                draft_id=event.originator_id,
                number=event.revision,
                label=event.label,
                language=event.language,
                published=event.act.occurred,
            )
        case _:
            return revision


DRAFT_REVISIONS = View(
    name="draft_revisions",
    version=2,
    document=DraftRevisionDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda revision: under(revision.draft_id),
)
