"""Checks the texts beside the log, and who may read them."""

from collections.abc import Mapping, Sequence

from intersessional.infra.event_store.append.batch_arguments import WITHDRAWN
from intersessional.infra.event_store.format.seal import commitment
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.verification.discrepancies import Discrepancies
from intersessional.infra.verification.record_page import RecordPage
from intersessional.infra.verification.rows_by_position import RowsByPosition

_OPENINGS = "SELECT position, commitment, salt, value FROM openings ORDER BY position"
_ACCESS = "SELECT position, commitment, access FROM text_access ORDER BY position"
_EXISTING = "SELECT commitment FROM openings WHERE commitment = ANY ($1::bytea[])"


class TextsCheck:
    """Compares the openings with the commitments in the events.

    Each opening opens a commitment at its place in the event of its position, and each commitment
    has an opening: nothing erases one yet. An event may hold the commitment of an earlier one.
    """

    def __init__(self, connection: Connection, discrepancies: Discrepancies) -> None:
        self._connection = connection
        self._discrepancies = discrepancies
        self._openings = RowsByPosition(connection, _OPENINGS)

    async def check(self, page: RecordPage) -> None:
        """Check the texts of the next events."""
        sealed = {event.position: event.commitments or {} for event in page.events}
        places = {event.position: event.row for event in page.events}
        undecoded = {event.position for event in page.events if event.commitments is None}
        opened: set[bytes] = set()
        async for position, digest, salt, value in self._openings.until(page.until):
            opened.add(digest)
            if position in undecoded:
                continue
            paths = sealed.get(position, {}).get(digest)
            if paths is None:
                self._add(position, "the event commits to no such text", digest)
                continue
            row = places[position]
            # A version below 0 is no place, and is reported with the event.
            place = row.stream, max(row.version, 0)
            if all(commitment(salt, *place, path, value) != digest for path in paths):
                self._add(position, f"the text at {paths[0]} is not the one that was sealed")
        await self._check_missing(sealed, opened)

    async def finish(self) -> None:
        """Report the openings that lie beyond the head."""
        async for position, digest, *_ in self._openings.rest():
            self._add(position, "there is no event that could commit to the text", digest)

    async def _check_missing(
        self, sealed: Mapping[int, Mapping[bytes, Sequence[str]]], opened: set[bytes]
    ) -> None:
        """Report the commitments that nothing opens, of this page or of an earlier one."""
        earlier = {digest for of_event in sealed.values() for digest in of_event} - opened
        if earlier:
            opened |= {row[0] for row in await self._connection.fetch(_EXISTING, list(earlier))}
        for position, of_event in sealed.items():
            for digest, paths in of_event.items():
                if digest not in opened:
                    self._add(position, f"the text at {paths[0]} is missing, and nothing erased it")

    def _add(self, position: int, sentence: str, digest: bytes | None = None) -> None:
        of = "" if digest is None else f": {digest.hex()}"
        self._discrepancies.add("openings", position, sentence + of)


class TextAccessCheck:
    """Compares who may read the texts with the events that close them."""

    def __init__(self, connection: Connection, discrepancies: Discrepancies) -> None:
        self._discrepancies = discrepancies
        self._access = RowsByPosition(connection, _ACCESS)

    async def check(self, page: RecordPage) -> None:
        """Check the closings of the next events."""
        closed: set[tuple[int, bytes]] = set()
        unknown: set[int] = set()
        for event in page.events:
            if event.closes is None:
                unknown.add(event.position)
            else:
                closed |= {(event.position, digest) for digest in event.closes}
        async for position, digest, access in self._access.until(page.until):
            if position in unknown:
                continue
            if access != WITHDRAWN or (position, digest) not in closed:
                sentence = f"the event does not make the text {access}: {digest.hex()}"
                self._discrepancies.add("text_access", position, sentence)
            closed.discard((position, digest))
        for position, digest in sorted(closed):
            sentence = f"a text that the event closes is not closed: {digest.hex()}"
            self._discrepancies.add("text_access", position, sentence)

    async def finish(self) -> None:
        """Report the rows that lie beyond the head."""
        async for position, digest, _ in self._access.rest():
            sentence = f"there is no event that could close the text: {digest.hex()}"
            self._discrepancies.add("text_access", position, sentence)
