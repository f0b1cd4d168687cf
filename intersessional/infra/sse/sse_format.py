"""Results as Server-Sent Events, in the words of the GraphQL over SSE protocol.

The id of an event is its position, so a browser's own ``EventSource`` goes on where it left off.
"""

MEDIA = "text/event-stream"
COMPLETE = b"event: complete\ndata: \n\n"


def next_event(body: bytes, position: int | None = None) -> bytes:
    """One result; JSON as we write it holds no line breaks."""
    id = b"" if position is None else b"id: %d\n" % position
    return b"%bevent: next\ndata: %b\n\n" % (id, body)


def only_event(body: bytes) -> bytes:
    """The one result of an operation, and its end."""
    return next_event(body) + COMPLETE


def beginning(position: int, retry_ms: int) -> bytes:
    """Says where a stream begins, and when to come back: who loses it before its first event too.

    A block without data is no event; browsers keep its id all the same.
    """
    return b"retry: %d\nid: %d\n\n" % (retry_ms, position)


def retry(milliseconds: int) -> bytes:
    """When to come back, once this stream has ended."""
    return b"retry: %d\n\n" % milliseconds


def heartbeat(head: int, passed: int | None) -> bytes:
    """The stream lives, and the record has come to ``head``.

    Everything up to ``passed`` has been sent: a browser that comes back goes on from there.
    """
    id = b"" if passed is None else b"id: %d\n" % passed
    return b": headPosition %d\n%b\n" % (head, id)


def comment(text: str) -> bytes:
    """Something for whoever looks at the stream; programmes do not see it."""
    return b": %b\n\n" % text.encode()
