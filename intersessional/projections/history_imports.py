"""The view of imports of history."""

from dataclasses import dataclass

from intersessional.domain.history_import.history_import import HistoryImport
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class HistoryImportDocument:
    """An import of a file of history by the Secretariat."""

    history: str
    digest: str
    entries: int


def _evolve(
    imported: HistoryImportDocument | None, recorded: RecordedEvent
) -> HistoryImportDocument | None:
    match recorded.event:
        case HistoryImport.Recorded() as event:
            return HistoryImportDocument(event.history, event.digest, event.entries)
        case _:
            return imported


HISTORY_IMPORTS = View(
    name="history_imports",
    version=1,
    document=HistoryImportDocument,
    keys=stream_of(HistoryImport),
    evolve=_evolve,
    lists=lambda imported: under(None, imported.history),
)
