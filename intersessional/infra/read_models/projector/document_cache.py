"""The documents that were folded last, kept at hand by whoever leads their view."""

from collections import OrderedDict
from typing import Protocol
from uuid import UUID

from intersessional.infra.read_models.view_fold import AnyDocumentVersion

Place = tuple[int, UUID]
"""The head and the key of a document."""


class KnownDocuments(Protocol):
    """What some documents are now; None when they do not exist."""

    def __contains__(self, place: Place, /) -> bool: ...

    def __getitem__(self, place: Place, /) -> AnyDocumentVersion | None: ...


BYTES_MAX = 16 * 1024 * 1024
_ENTRY_BYTES = 500


class DocumentCache:
    """What documents are now, or that they do not exist; the longest unused are dropped.

    It is right only while nobody else moves the heads. Every write is fenced by their positions,
    so a leader that was replaced finds out before it can write what it made of old documents.
    """

    def __init__(self, bytes_max: int = BYTES_MAX) -> None:
        self._bytes_max = bytes_max
        self._bytes = 0
        self._kept: OrderedDict[Place, AnyDocumentVersion | None] = OrderedDict()

    def __contains__(self, place: Place) -> bool:
        return place in self._kept

    def __getitem__(self, place: Place) -> AnyDocumentVersion | None:
        """The document; None when it does not exist. Raises KeyError when it is not kept."""
        self._kept.move_to_end(place)
        return self._kept[place]

    def keep(self, place: Place, standing: AnyDocumentVersion | None) -> None:
        """Keep a document as it is now."""
        if place in self._kept:
            self._bytes -= _weight(self._kept.pop(place))
        self._kept[place] = standing
        self._bytes += _weight(standing)
        while self._bytes > self._bytes_max:
            self._bytes -= _weight(self._kept.popitem(last=False)[1])


def _weight(standing: AnyDocumentVersion | None) -> int:
    return _ENTRY_BYTES + (0 if standing is None else len(standing.encoded))
