"""Reads the log."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import orjson

from intersessional.domain.command_handling.question import QuestionKey
from intersessional.domain.kernel.fact_corrected import TOPIC_ENDING
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.event_store.epoch_rows import READ_EPOCHS, epochs_of
from intersessional.infra.event_store.log_head import LogHead
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.postgres.pool import Pool
from intersessional.projections.kernel.epochs import Epochs
from intersessional.projections.kernel.text_absence import TextAbsence

_COLUMNS = (
    "notification_id AS position, originator_id AS stream, originator_version AS version,"
    " topic, state, recorded_at"
)

_CORRECTION_POSITIONS = r"""
SELECT correction.notification_id AS correction, fact.notification_id AS fact
  FROM stored_events correction
  JOIN stored_events fact ON fact.originator_id = correction.originator_id
   AND fact.originator_version
       = (convert_from(correction.state, 'UTF8')::jsonb #>> '{data,fact,version}')::bigint
 WHERE correction.topic LIKE '%.fact\_corrected.v1' AND correction.notification_id <= $1
"""
"""The condition on the topic is that of the index."""


class EventLog:
    """Reads events by position, by stream and by time."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def head(self) -> LogHead:
        """The head of the log."""
        [row] = await self._pool.fetch("SELECT position, recorded_at, frontier FROM head")
        return LogHead(
            position=row["position"],
            recorded_at=row["recorded_at"],
            frontier=tuple(row["frontier"]),
        )

    async def read(
        self,
        after: int,
        limit: int,
        until: int | None = None,
        *,
        bytes_max: int | None = None,
        epoch: str | None = None,
    ) -> list[LogRow]:
        """The events after a position and up to another, in order of position.

        It ends with the event by which the states are longer than ``bytes_max``. With an
        ``epoch``, there are none once another one has begun.
        """
        order = "ORDER BY notification_id LIMIT $2"
        bounds = "notification_id > $1"
        arguments: list[object] = [after, limit]
        if until is not None:
            bounds += " AND notification_id <= $3"
            arguments.append(until)
        if epoch is not None:
            arguments.append(epoch)
            last = "(SELECT id FROM epochs ORDER BY number DESC LIMIT 1)"
            bounds += f" AND {last} = ${len(arguments)}"
        if bytes_max is None:
            return await self._rows(f"WHERE {bounds} {order}", *arguments)
        # The length of a value is known without reading it.
        records = await self._pool.fetch(
            f"SELECT {_COLUMNS} FROM (SELECT *, sum(octet_length(state)) OVER"
            " (ORDER BY notification_id) - octet_length(state) AS before FROM"
            f" (SELECT * FROM stored_events WHERE {bounds} {order}) AS next) AS summed"
            f" WHERE before < ${len(arguments) + 1}::bigint ORDER BY notification_id",
            *arguments,
            bytes_max,
        )
        return [LogRow(**record) for record in records]

    async def epochs(self) -> Epochs:
        """The epochs of the log."""
        return epochs_of(await self._pool.fetch(READ_EPOCHS))

    async def by_position(self, positions: Sequence[int]) -> list[LogRow]:
        """The events at these positions, in order of position."""
        return await self._rows(
            "WHERE notification_id = ANY ($1::bigint[]) ORDER BY notification_id", positions
        )

    async def stream(self, stream: UUID, after_version: int = 0) -> list[LogRow]:
        """The events of one stream after a version, in order of version."""
        return await self._rows(
            "WHERE originator_id = $1 AND originator_version > $2 ORDER BY originator_version",
            stream,
            after_version,
        )

    async def of_streams(
        self,
        streams: Collection[UUID],
        after: int,
        limit: int,
        until: int,
        *,
        backward: bool = False,
    ) -> list[LogRow]:
        """The first events of some streams between two positions, or the last; in order."""
        # Within a stream, versions and positions come in the same order.
        order = "DESC" if backward else "ASC"
        records = await self._pool.fetch(
            "SELECT found.* FROM unnest($1::uuid[]) AS wanted (stream), LATERAL ("
            f"SELECT {_COLUMNS} FROM stored_events"
            " WHERE originator_id = wanted.stream"
            " AND notification_id > $2 AND notification_id <= $4"
            f" ORDER BY originator_version {order} LIMIT $3) AS found"
            f" ORDER BY position {order} LIMIT $3",
            list(streams),
            after,
            limit,
            until,
        )
        rows = [LogRow(**record) for record in records]
        return rows[::-1] if backward else rows

    async def count(self, streams: Collection[UUID], until: int, after: int = 0) -> int:
        """The number of events in these streams between two positions."""
        count = await self._pool.fetchval(
            "SELECT count(*) FROM stored_events WHERE originator_id = ANY ($1::uuid[])"
            " AND notification_id <= $2 AND notification_id > $3",
            list(streams),
            until,
            after,
        )
        return int(count)

    async def by_version(self, places: Collection[tuple[UUID, int]], until: int) -> list[LogRow]:
        """The events with these streams and versions, up to a position."""
        records = await self._pool.fetch(
            f"SELECT {_COLUMNS} FROM stored_events"
            " JOIN unnest($1::uuid[], $2::bigint[]) AS wanted (stream, version)"
            " ON originator_id = wanted.stream AND originator_version = wanted.version"
            " WHERE notification_id <= $3",
            [stream for stream, _ in places],
            [version for _, version in places],
            until,
        )
        return [LogRow(**record) for record in records]

    async def corrections(self, streams: Collection[UUID], until: int) -> list[LogRow]:
        """The corrections in these streams, up to a position, in order of position."""
        return await self._rows(
            "WHERE originator_id = ANY ($1::uuid[]) AND notification_id <= $2 AND topic LIKE $3"
            " ORDER BY notification_id",
            list(streams),
            until,
            "%" + TOPIC_ENDING.replace("_", r"\_"),
        )

    async def correction_positions(self, until: int) -> Sequence[int]:
        """The positions of all corrections up to a position, and of the events they correct."""
        rows = await self._pool.fetch(_CORRECTION_POSITIONS, until)
        return sorted({position for row in rows for position in row})

    async def are_latest(self, versions: Mapping[UUID, int]) -> bool:
        """Whether each stream has this version; 0 where it does not exist."""
        latest = await self._pool.fetchval(
            "SELECT lost IS NULL FROM standing_elsewhere($1::uuid[], $2::bigint[])",
            list(versions),
            list(versions.values()),
        )
        return bool(latest)

    async def reveal(self, sealed: Collection[Sealed]) -> dict[Sealed, str | TextAbsence]:
        """The texts behind commitments, or why they cannot be read; the same for everybody.

        Raises ValueError for a text that was not read back from the record.
        """
        of = {bytes.fromhex(one.sealed): one for one in sealed if one.sealed is not None}
        if len(of) < len({*sealed}):
            raise ValueError("a text can be revealed once it has been read back from the record")
        texts: dict[Sealed, str | TextAbsence] = dict.fromkeys(of.values(), TextAbsence.ERASED)
        rows = await self._pool.fetch("SELECT * FROM revealed_texts($1)", list(of))
        for row in rows:
            closed = row["access"] is not None
            text = TextAbsence.WITHDRAWN if closed else str(orjson.loads(row["value"]))
            texts[of[row["commitment"]]] = text
        return texts

    async def commitments_of(
        self, persons: Collection[UUID], until: int
    ) -> dict[UUID, list[Sealed]]:
        """The commitments to these persons' ids, up to a position; none to an erased one."""
        found: dict[UUID, list[Sealed]] = {person: [] for person in persons}
        rows = await self._pool.fetch(
            "SELECT * FROM commitments_of_persons($1, $2)", list(found), until
        )
        for row in rows:
            found[row["person"]].append(Sealed(sealed=row["commitment"].hex()))
        return found

    async def last_concerning(self, question: QuestionKey) -> int:
        """The position of the last event that concerns a question for a key; 0 without one."""
        position = await self._pool.fetchval(
            "SELECT position FROM question_positions WHERE question = $1 AND key = $2"
            " ORDER BY position DESC LIMIT 1",
            *question,
        )
        return int(position or 0)

    async def recorded_commands(self, ids: Collection[UUID]) -> dict[UUID, RecordedCommand]:
        """The recorded commands under these ids."""
        rows = await self._pool.fetch(
            "SELECT * FROM commands WHERE command_id = ANY ($1::uuid[])", list(ids)
        )
        return {row["command_id"]: RecordedCommand.from_row(dict(row)) for row in rows}

    async def position_at(self, instant: datetime) -> int:
        """The last position that was recorded by this instant; 0 before the first."""
        position = await self._pool.fetchval("SELECT position_known_at($1)", instant)
        return int(position)

    async def positions_at(self, instants: Sequence[datetime]) -> list[int]:
        """The last position that was recorded by each of these instants; 0 before the first."""
        rows = await self._pool.fetch(
            "SELECT position_known_at(instant) AS position"
            " FROM unnest($1::timestamptz[]) WITH ORDINALITY AS given (instant, place)"
            " ORDER BY place",
            list(instants),
        )
        return [int(row["position"]) for row in rows]

    async def _rows(self, where: str, *arguments: object) -> list[LogRow]:
        records = await self._pool.fetch(
            f"SELECT {_COLUMNS} FROM stored_events {where}", *arguments
        )
        return [LogRow(**record) for record in records]
