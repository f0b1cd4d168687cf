"""Earlier events of documents that are folded again."""

from collections.abc import Mapping, Sequence

from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.read_models.projector.document_cache import DocumentKey
from intersessional.projections.kernel.recorded_event import RecordedEvent


async def read_events(
    log: EventLog, codec: Codec, positions: Mapping[DocumentKey, Sequence[int]]
) -> dict[DocumentKey, Sequence[RecordedEvent]]:
    """The events at these positions, by the document that they concern."""
    wanted = sorted({position for of_document in positions.values() for position in of_document})
    events = {row.position: codec.recorded(row) for row in await log.by_position(wanted)}
    return {
        document_key: [events[position] for position in of_document]
        for document_key, of_document in positions.items()
    }
