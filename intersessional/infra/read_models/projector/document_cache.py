"""LRU cache of the documents that a session folded last."""

from typing import Protocol
from uuid import UUID

from cachetools import LRUCache

from intersessional.projections.kernel.document_version import AnyDocumentVersion

DocumentKey = tuple[int, UUID]
"""The id of a view checkpoint, and the key of a document of that version."""


class CurrentDocuments(Protocol):
    """The current version of some documents; None for one that does not exist."""

    def __contains__(self, document_key: DocumentKey, /) -> bool: ...

    def __getitem__(self, document_key: DocumentKey, /) -> AnyDocumentVersion | None: ...


BYTES_MAX = 16 * 1024 * 1024
_ENTRY_BYTES = 500
_VERSION_BYTES = 6_700
"""What that of a comment takes beside its encoded document: the decoded one, lists, and counts."""


class DocumentCache:
    """The current version of documents, or that they do not exist, up to ``bytes_max``.

    It is right only while no other session moves the views. Every write compares the positions of
    the checkpoints, so a session that lost the lead fails before it stores a stale document.
    """

    def __init__(self, bytes_max: int = BYTES_MAX) -> None:
        self._versions: LRUCache[DocumentKey, AnyDocumentVersion | None] = LRUCache(
            bytes_max, getsizeof=_size_bytes
        )

    @property
    def held_bytes(self) -> int:
        """The memory that the documents take."""
        return int(self._versions.currsize)

    def __contains__(self, document_key: DocumentKey) -> bool:
        return document_key in self._versions

    def __getitem__(self, document_key: DocumentKey) -> AnyDocumentVersion | None:
        """The document; None when it does not exist. Raises KeyError when it is not cached."""
        return self._versions[document_key]

    def put(self, document_key: DocumentKey, version: AnyDocumentVersion | None) -> None:
        """Cache the current version of a document, and evict the least recently used ones."""
        try:
            self._versions[document_key] = version
        except ValueError:  # It is larger than the cache, so an older version must go.
            self._versions.pop(document_key, None)


def _size_bytes(version: AnyDocumentVersion | None) -> int:
    if version is None:
        return _ENTRY_BYTES
    return _ENTRY_BYTES + _VERSION_BYTES + len(version.encoded or b"")
