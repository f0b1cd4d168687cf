"""Checks the recorded commands."""

from uuid import UUID

import asyncpg

from intersessional.domain.command_handling.command_id import may_be_within_a_sender
from intersessional.infra.event_store.format.opening import HASH_BYTES
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.postgres.readable_time import readable
from intersessional.infra.verification.discrepancies import Discrepancies
from intersessional.infra.verification.hashed_event import HashedEvent
from intersessional.infra.verification.record_page import RecordPage
from intersessional.infra.verification.rows_by_position import RowsByPosition

_TABLE = "commands"
_COMMANDS = f"""
SELECT first, last, command_id, subject, {readable("recorded_at")}, length(salt) AS salt,
       length(digest) AS digest
  FROM commands ORDER BY first, last
"""
_BEGUN = "SELECT min(notification_id) FROM stored_events WHERE originator_id = $1"


class CommandsCheck:
    """Each event is one of exactly one command, which it names and at whose time it was recorded.

    The digest of a command's body cannot be recomputed, for the body is not stored.
    """

    def __init__(self, connection: Connection, last: int, discrepancies: Discrepancies) -> None:
        """``last`` is the position of the head."""
        self._connection = connection
        self._last = last
        self._discrepancies = discrepancies
        self._rows = RowsByPosition(connection, _COMMANDS)
        self._command: asyncpg.Record | None = None
        """The command that has recorded the latest events."""
        self._streams: set[UUID] = set()
        """The streams of its events."""

    async def check(self, page: RecordPage) -> None:
        """Check the commands of the next events."""
        commands = [row async for row in self._rows.until(page.until)]
        commands.reverse()
        for event in page.events:
            while commands and commands[-1]["first"] <= event.position:
                await self._begin(commands.pop())
            self._check_event(event)
        for command in reversed(commands):
            await self._begin(command)

    async def finish(self) -> None:
        """Check the last command, and report those that lie beyond the head."""
        await self._end()
        async for command in self._rows.rest():
            self._add(command["first"], f"there are no events of command {command['command_id']}")

    async def _begin(self, command: asyncpg.Record) -> None:
        """Go on to the next command."""
        await self._end()
        first, last, name = command["first"], command["last"], command["command_id"]
        if self._command is not None and first <= self._command["last"]:
            self._add(first, f"command {name} claims events of {self._command['command_id']}")
        if not 1 <= first <= last <= self._last:
            self._add(first, f"command {name} claims the events {first} to {last}")
        if (command["salt"], command["digest"]) != (HASH_BYTES, HASH_BYTES):
            self._add(first, f"the digest of command {name} has another form")
        self._command, self._streams = command, set()

    async def _end(self) -> None:
        """Check the subject of the command whose events were all seen."""
        command = self._command
        if command is None or command["subject"] in self._streams:
            return
        begun = await self._connection.fetchval(_BEGUN, command["subject"])
        if begun is None or begun > command["last"]:
            name = command["command_id"]
            self._add(command["first"], f"the subject of command {name} does not exist")

    def _check_event(self, event: HashedEvent) -> None:
        command = self._command
        if command is None or event.position > command["last"]:
            self._add(event.position, "no command has recorded the event")
            return
        self._streams.add(event.row.stream)
        if event.row.recorded_at != command["recorded_at"]:
            self._add(event.position, "the event was recorded at another time than its command")
        named = event.command
        if named is not None and not _is_of(named, command["command_id"]):
            self._add(event.position, f"the event names another command: {named}")

    def _add(self, position: int, sentence: str) -> None:
        self._discrepancies.add(_TABLE, position, sentence)


def _is_of(named: str, recorded: UUID) -> bool:
    """Whether an event that names this command id can be of a recorded command."""
    if named == str(recorded):
        return True
    try:
        return may_be_within_a_sender(recorded, UUID(named))
    except ValueError:
        return False
