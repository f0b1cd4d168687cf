"""Checks which events concern which questions."""

from collections.abc import Sequence
from uuid import UUID

from intersessional.domain.command_handling.question import AnyQuestion
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.verification.discrepancies import Discrepancies
from intersessional.infra.verification.record_page import RecordPage
from intersessional.infra.verification.rows_by_position import RowsByPosition

_TABLE = "question_positions"
_POSITIONS = "SELECT position, question, key FROM question_positions ORDER BY position"
_FIRST = "SELECT min(position) FROM question_positions WHERE question = $1"


class QuestionsCheck:
    """Recomputes the positions of the questions that this version asks.

    Versions that did not ask a question wrote no position for it (ADR 0024), so nothing is missing
    before the first one.
    """

    def __init__(
        self,
        connection: Connection,
        questions: Sequence[AnyQuestion],
        discrepancies: Discrepancies,
    ) -> None:
        self._connection = connection
        self._questions = questions
        self._discrepancies = discrepancies
        self._rows = RowsByPosition(connection, _POSITIONS)
        self._first: dict[str, int | None] | None = None
        """The first position of each question."""

    async def check(self, page: RecordPage) -> None:
        """Check the positions of the next events."""
        first = await self._first_positions()
        expected: set[tuple[int, str, UUID]] = set()
        unknown: set[int] = set()
        for event in page.events:
            if event.closes is None:
                unknown.add(event.position)
            expected |= {(event.position, *concerned) for concerned in event.concerns}
        async for position, question, key in self._rows.until(page.until):
            place = position, question, key
            if place in expected:
                expected.remove(place)
            elif question in first and position not in unknown:
                sentence = f"the event does not concern {question} for {key}"
                self._discrepancies.add(_TABLE, position, sentence)
        for position, question, key in sorted(expected):
            begun = first[question]
            if begun is not None and begun < position:
                sentence = f"that the event concerns {question} for {key} is missing"
                self._discrepancies.add(_TABLE, position, sentence)

    async def finish(self) -> None:
        """Report the positions that lie beyond the head."""
        async for position, question, _ in self._rows.rest():
            sentence = f"there is no event that could concern {question}"
            self._discrepancies.add(_TABLE, position, sentence)

    async def _first_positions(self) -> dict[str, int | None]:
        if self._first is None:
            self._first = {
                question.id: await self._connection.fetchval(_FIRST, question.id)
                for question in self._questions
            }
        return self._first
