"""The GraphQL over Server-Sent Events format (distinct connections mode).

The id of an event is its position, so that an ``EventSource`` reconnects after its last event.
"""

MEDIA_TYPE = "text/event-stream"
COMPLETE = b"event: complete\ndata: \n\n"


def next_event(body: bytes, position: int | None = None) -> bytes:
    """A ``next`` event with one result in JSON without line breaks."""
    event_id = b"" if position is None else b"id: %d\n" % position
    return b"%bevent: next\ndata: %b\n\n" % (event_id, body)


def only_event(body: bytes) -> bytes:
    """The only result of an operation, and the ``complete`` event."""
    return next_event(body) + COMPLETE


def start(position: int, retry_ms: int) -> bytes:
    """The position after which a stream begins, and the time after which to reconnect.

    A block without data is no event, but browsers store its id.
    """
    return b"retry: %d\nid: %d\n\n" % (retry_ms, position)


def retry(retry_ms: int) -> bytes:
    """The time after which to reconnect when the stream has ended."""
    return b"retry: %d\n\n" % retry_ms


def heartbeat(log_position: int, sent_position: int | None) -> bytes:
    """A comment with the log's position.

    A browser that reconnects continues after ``sent_position``.
    """
    event_id = b"" if sent_position is None else b"id: %d\n" % sent_position
    return b": headPosition %d\n%b\n" % (log_position, event_id)


def comment(text: str) -> bytes:
    """A comment, which clients ignore."""
    return b": %b\n\n" % text.encode()
