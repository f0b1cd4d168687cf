"""The canonical JSON of one event; the leaves of the Merkle tree are hashes of it."""

from functools import lru_cache
from uuid import UUID

from intersessional.infra.event_store.format.canonical_json import canonical


def leaf_bytes(
    at: str, data: bytes, position: int, stream: UUID, topic: str, version: int
) -> bytes:
    """The leaf of an event; ``at`` in RFC 3339, ``data`` the stored state verbatim.

    It is spliced and not encoded, so that no round trip can change a stored byte: the keys
    are in the order of canonical JSON.
    """
    return b'{"at":"%b","data":%b,"position":%d,"stream":"%b","topic":%b,"version":%d}' % (
        at.encode(),
        data,
        position,
        str(stream).encode(),
        _quoted(topic),
        version,
    )


@lru_cache(maxsize=1024)
def _quoted(topic: str) -> bytes:
    return canonical(topic)
