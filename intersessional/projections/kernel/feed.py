"""The protocol for following the record as it grows."""

from collections.abc import AsyncIterator
from typing import Protocol

from intersessional.projections.kernel.epochs import Epochs
from intersessional.projections.kernel.recorded_event import RecordedEvent


class Feed(Protocol):
    """Follows the record as it grows."""

    @property
    def position(self) -> int:
        """The last position that this node has read."""
        ...

    @property
    def epochs(self) -> Epochs:
        """The epochs of the record, as this node has read them; another object after a change.

        What was read before a change may be of events that were lost.
        """
        ...

    @property
    def texts_closed_at(self) -> int:
        """The position of the last event that may have closed texts, as this node has read it.

        What was made before it has been read may hold a text that nobody may read any more.
        """
        ...

    def follow(self, after: int, until: int | None = None) -> AsyncIterator[RecordedEvent]:
        """Every event after a position, each once and in order: first the past, then live.

        It ends with ``until``, where that is given. Raises RecordChanged when events up to the
        position that was reached are lost.
        """
        ...
