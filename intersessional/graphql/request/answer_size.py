"""The size of an answer while it is made, and the time that it takes to compute."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from graphql import GraphQLError

from intersessional.graphql.request.charge import Charge, free, points_of_time
from intersessional.graphql.request.time_slices import TimeSlices

P = ParamSpec("P")
R = TypeVar("R")

COMPUTED_S_MAX = 2.0
"""Processor time for what is computed for one answer, beside resolving its fields."""
_WALKED = 4
"""Pages of walked lists that are read for one answer at the same time."""
_ROW_S = 10e-6
"""Processor time of the database for a row, about."""
ANSWER_BYTES_MAX = 8_000_000
ALL_ANSWERS_BYTES_MAX = 64_000_000


class AnswerTooLarge(GraphQLError):
    """The answer has more bytes than one may have, so its making has ended."""

    def __init__(self, bytes_max: int) -> None:
        super().__init__(
            f"The answer has more than {bytes_max} bytes: ask for less, or for smaller pages.",
            extensions={"code": "ANSWER_TOO_LARGE", "bytesMax": bytes_max},
        )


class TooManyAnswers(GraphQLError):
    """The node makes as many bytes of answers at the same time as it allows."""

    def __init__(self) -> None:
        super().__init__(
            "The server is too busy; try again in a moment.", extensions={"code": "TOO_BUSY"}
        )


class TooLongComputed(GraphQLError):
    """What was asked for takes too long to compute, so the making of the answer has ended."""

    def __init__(self) -> None:
        super().__init__(
            "The answer takes too long to compute: ask for less, or for smaller pages.",
            extensions={"code": "QUERY_TOO_COSTLY"},
        )


class AnswerSizes:
    """Bounds the answers that a node makes: each of them, and all at the same time."""

    def __init__(
        self,
        *,
        answer_bytes_max: int = ANSWER_BYTES_MAX,
        all_bytes_max: int = ALL_ANSWERS_BYTES_MAX,
    ) -> None:
        """Bounds in bytes of JSON."""
        self.slices = TimeSlices()
        """In these everything is computed that takes long."""
        self.answer_bytes_max = answer_bytes_max
        self.all_bytes_max = all_bytes_max
        self.bytes = 0
        """The bytes of all answers that are being made."""


class AnswerSize:
    """Counts the bytes of one answer, and of the texts that are read for it, and what it takes.

    Where short texts hold many quotes, twice as much may be written as is counted.
    """

    __slots__ = (
        "_charge",
        "_computed_s",
        "_counted",
        "_read_bytes",
        "_sizes",
        "ended",
        "on_end",
        "walking",
    )

    def __init__(self, sizes: AnswerSizes, charge: Charge = free) -> None:
        """``charge`` takes the points of what was computed; those with one take turns as one."""
        self._sizes = sizes
        self._charge = charge
        self._computed_s = 0.0
        self._counted = 0
        self._read_bytes = 0
        self.ended: GraphQLError | None = None
        """Why the making of the answer has ended."""
        self.walking = asyncio.Semaphore(_WALKED)
        """To be entered while a page is read of a list that is walked to its end."""
        self.on_end: Callable[[], object] | None = None
        """Called once with that, so that what is still awaited for the answer ends too."""

    @property
    def bytes_max(self) -> int:
        """The largest that it may be."""
        return self._sizes.answer_bytes_max

    def new(self, charge: Charge | None = None) -> "AnswerSize":
        """The size of another answer, of which nothing is made; by default at the same charge."""
        return AnswerSize(self._sizes, charge or self._charge)

    async def compute(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """What a function returns that takes long: computed in turn with others, and charged.

        Raises what it raises, and TooLongComputed.
        """
        if self.ended is not None:
            raise self.ended
        call = partial(function, *arguments, **named)
        return await self._sizes.slices.run(self._charge, call, self._spend)

    def spend_rows(self, rows: int) -> None:
        """Pay for rows that the database has gone through, as for what is computed.

        Raises TooLongComputed.
        """
        self._spend(rows * _ROW_S)
        if self.ended is not None:
            raise self.ended

    def _spend(self, processor_s: float) -> None:
        self._computed_s += processor_s
        self._charge(points_of_time(processor_s))
        if self._computed_s > COMPUTED_S_MAX:
            self.end(TooLongComputed())

    def add(self, count: int) -> None:
        """Count bytes of the answer. Raises AnswerTooLarge, TooManyAnswers."""
        self._counted += count
        self._sizes.bytes += count
        if self._counted > self._sizes.answer_bytes_max:
            self._end(AnswerTooLarge(self._sizes.answer_bytes_max))
        elif self._sizes.bytes > self._sizes.all_bytes_max:
            self._end(TooManyAnswers())

    def add_read(self, count: int) -> None:
        """Count bytes of a text or of an event that are read for it. Raises AnswerTooLarge."""
        self._read_bytes += count
        if self._read_bytes > self._sizes.answer_bytes_max:
            self._end(AnswerTooLarge(self._sizes.answer_bytes_max))

    def release(self) -> None:
        """Count nothing any more: the answer is no longer in the making."""
        self._sizes.bytes -= self._counted
        self._counted = 0

    def end(self, error: GraphQLError) -> None:
        """End the making of the answer, once."""
        if self.ended is None:
            self.ended = error
            if self.on_end is not None:
                self.on_end()

    def _end(self, error: GraphQLError) -> None:
        self.end(error)
        raise error
