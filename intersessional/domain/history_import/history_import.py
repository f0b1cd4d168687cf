"""An import of history by the Secretariat, recorded before the entries in the same append."""

import re
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.numbers import bounded_int
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_slug

ENTRIES_MAX = 200
"""Entries of one file."""
_DIGEST = re.compile("[0-9a-f]{64}")


class HistoryImport(Aggregate):
    """An import of a file of history: who imported it, and which file it was."""

    TOPIC = "history_import"

    class Recorded(CreatedEvent):
        """The Secretariat imported a file of history; its entries follow in the same append."""

        TOPIC = "history_import.recorded.v1"
        history: str
        digest: str
        entries: int

    @classmethod
    def enter(cls, act: Act, *, id: UUID, history: str, digest: str, entries: int) -> Self:
        """Enter an import in the record. Raises BadValue."""
        if not _DIGEST.fullmatch(digest):
            raise BadValue(field="digest", problem="it is no SHA-256 in hexadecimal.")
        return cls.create(
            cls.Recorded,
            id=id,
            act=act,
            history=validated_slug("history", history),
            digest=digest,
            entries=bounded_int("entries", entries, 1, ENTRIES_MAX),
        )
