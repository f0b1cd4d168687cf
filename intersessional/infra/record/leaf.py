"""The canonical JSON of one event: what the tree's leaves are hashes of."""

from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from intersessional.infra.record.canonical import canonical


def leaf_bytes(
    at: bytes, data: bytes, position: int, stream: UUID, topic: str, version: int
) -> bytes:
    """The leaf of an event; ``at`` as ``rfc3339`` writes it, ``data`` the stored state verbatim.

    It is spliced and not encoded, so that no round trip can change a stored byte: the names stand
    in the order that canonical JSON demands.
    """
    return b'{"at":"%b","data":%b,"position":%d,"stream":"%b","topic":%b,"version":%d}' % (
        at,
        data,
        position,
        str(stream).encode(),
        _quoted(topic),
        version,
    )


def rfc3339(moment: datetime) -> bytes:
    """A moment in UTC with six digits of seconds and a Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6].encode() + b"Z"


@lru_cache(maxsize=1024)
def _quoted(topic: str) -> bytes:
    return canonical(topic)
