"""Reads answers to questions from the views of the questions."""

import asyncio
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from intersessional.domain.command_handling.event_store import Unanswerable
from intersessional.domain.command_handling.question import Answer, AnyQuestion, Question
from intersessional.infra.read_models.document_reader import PostgresDocumentReader
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.question_view import question_view
from intersessional.projections.kernel.view_errors import ViewUnavailable

A = TypeVar("A")

ANSWER_S = 20.0
"""How long a question waits for its view."""


class ViewAnswerReader:
    """Answers each question from its view, once the view has reached a position."""

    def __init__(
        self,
        reader: PostgresDocumentReader,
        questions: Iterable[AnyQuestion],
        *,
        answer_s: float = ANSWER_S,
    ) -> None:
        """``reader`` reads the views of these questions, too."""
        self._reader = reader
        self._views = {question.id: question_view(question) for question in questions}
        self._answer_s = answer_s

    async def answer(self, question: Question[A], key: UUID, reached: int) -> Answer[A]:
        """The answer as of a position that is not before ``reached``. Raises Unanswerable.

        Raises KeyError for a question that this node does not know.
        """
        view = self._views[question.id]
        try:
            async with asyncio.timeout(self._answer_s):
                position = await self._reader.wait_until_view_reached(view, reached)
                found = await self._reader.get(view, [key], AsOf(position))
        except (ViewUnavailable, TimeoutError) as error:
            reason = str(error) or f"its view has not reached {reached} yet"
            raise Unanswerable(question.id, reason) from error
        return Answer(found[key].document if key in found else None, position)
