"""The size of an answer while it is made."""

from collections.abc import Callable

from graphql import GraphQLError

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


class AnswerSizes:
    """Bounds the answers that a node makes: each of them, and all at the same time."""

    def __init__(
        self,
        *,
        answer_bytes_max: int = ANSWER_BYTES_MAX,
        all_bytes_max: int = ALL_ANSWERS_BYTES_MAX,
    ) -> None:
        """Bounds in bytes of JSON."""
        self.answer_bytes_max = answer_bytes_max
        self.all_bytes_max = all_bytes_max
        self.bytes = 0
        """The bytes of all answers that are being made."""


class AnswerSize:
    """Counts the bytes of one answer, and of the texts that are read for it.

    Where short texts hold many quotes, twice as much may be written as is counted.
    """

    __slots__ = ("_counted", "_sizes", "_texts_bytes", "ended", "on_end")

    def __init__(self, sizes: AnswerSizes) -> None:
        self._sizes = sizes
        self._counted = 0
        self._texts_bytes = 0
        self.ended: GraphQLError | None = None
        """Why the making of the answer has ended."""
        self.on_end: Callable[[], object] | None = None
        """Called once with that, so that what is still awaited for the answer ends too."""

    def new(self) -> "AnswerSize":
        """The size of another answer, of which nothing is made."""
        return AnswerSize(self._sizes)

    def add(self, count: int) -> None:
        """Count bytes of the answer. Raises AnswerTooLarge, TooManyAnswers."""
        self._counted += count
        self._sizes.bytes += count
        if self._counted > self._sizes.answer_bytes_max:
            self._end(AnswerTooLarge(self._sizes.answer_bytes_max))
        elif self._sizes.bytes > self._sizes.all_bytes_max:
            self._end(TooManyAnswers())

    def add_text(self, text: str) -> None:
        """Count a text that is read for it. Raises AnswerTooLarge."""
        self._texts_bytes += len(text)
        if self._texts_bytes > self._sizes.answer_bytes_max:
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
