"""The GraphQL over Server-Sent Events format (distinct connections mode).

The id of an event is its position with the epoch, so that an ``EventSource`` reconnects after its
last event.
"""

from intersessional.projections.kernel.epochs import PositionInEpoch

MEDIA_TYPE = "text/event-stream"
COMPLETE = b"event: complete\ndata: \n\n"


def next_event(body: bytes, position: PositionInEpoch | None = None) -> bytes:
    """A ``next`` event with one result in JSON without line breaks."""
    event_id = b"" if position is None else _id(position)
    return b"%bevent: next\ndata: %b\n\n" % (event_id, body)


def only_event(body: bytes) -> bytes:
    """The only result of an operation, and the ``complete`` event."""
    return next_event(body) + COMPLETE


def start(position: PositionInEpoch, retry_ms: int) -> bytes:
    """The position after which a stream begins, and the time after which to reconnect.

    A block without data is no event, but browsers store its id.
    """
    return b"retry: %d\n%b\n" % (retry_ms, _id(position))


def retry(retry_ms: int) -> bytes:
    """The time after which to reconnect when the stream has ended."""
    return b"retry: %d\n\n" % retry_ms


def heartbeat(log_position: PositionInEpoch, sent_position: PositionInEpoch | None) -> bytes:
    """A comment with the log's position and epoch.

    A browser that reconnects continues after ``sent_position``.
    """
    event_id = b"" if sent_position is None else _id(sent_position)
    epoch = log_position.epoch.encode()
    return b": headPosition %d epoch %b\n%b\n" % (log_position, epoch, event_id)


def _id(position: PositionInEpoch) -> bytes:
    return b"id: %b\n" % position.cursor.encode()


def comment(text: str) -> bytes:
    """A comment, which clients ignore."""
    return b": %b\n\n" % text.encode()
