"""Loads texts when nothing else is being read, so that those of all levels are read at once."""

import asyncio
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from intersessional.concurrency.memo import Memo
from intersessional.concurrency.steps import steps
from intersessional.domain.kernel.inline_markdown import plain_text
from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.request.answer_size import AnswerSize
from intersessional.graphql.request.batch_loader import BatchLoader
from intersessional.graphql.request.event_data import parse_data, sealed_of
from intersessional.projections.kernel.reader import EventReader
from intersessional.projections.kernel.text_absence import TextAbsence

_TEXTS_MAX = 500
"""Texts that are read at once, before they are counted."""
_TURNS = 12
"""Turns of the event loop that what was read takes to ask for more: a few for each level."""

Text = str | TextAbsence


class TextLoader(BatchLoader[Sealed, Text]):
    """Loads the texts for the documents of one state and of those that it leads to, each once.

    A text is needed by the fields of one level and asks for nothing but what its author's id leads
    to, so it can wait until the documents of all levels are read.
    """

    def __init__(self, record: EventReader, answer: AnswerSize) -> None:
        """Texts are counted in ``answer``, which also pays for what is computed of them."""
        super().__init__()
        self.answer = answer
        self._record = record
        self._plain_texts = Memo()
        self._is_scheduled = False
        self._readings = 0
        self._turns_left = 0

    def schedule(self) -> None:
        """Call ``begin`` when nothing else has been read for some turns."""
        self._is_scheduled = True
        if not self._readings:
            self._wait()

    async def read(self, keys: Sequence[Sealed]) -> Sequence[Text]:
        """The text behind each commitment, or why it cannot be read. Raises AnswerTooLarge."""
        texts: dict[Sealed, Text] = {}
        with self.reading():
            for some in steps(keys, _TEXTS_MAX):
                found = await self._record.reveal(some)
                for text in found.values():
                    if isinstance(text, str):
                        self.answer.add_read(len(text))
                texts |= found
        return [texts[key] for key in keys]

    async def load_plain(self, sealed: Sealed) -> str | None:
        """The plain text of a block's text, made once; None when there is none to be read."""

        async def make() -> str | None:
            text = await self.load(sealed)
            return await self.answer.compute(plain_text, text) if isinstance(text, str) else None

        return await self._plain_texts.get(sealed, make)

    async def load_data(self, state: bytes) -> Any:
        """The data of an event's state, with the texts that can be read. Raises AnswerTooLarge."""
        self.answer.add_read(len(state))
        data, commitments = await self.answer.compute(parse_data, state)
        # All texts are requested together, so that they are loaded in one batch.
        texts = await asyncio.gather(*(self.load(sealed_of(one)) for one in commitments))
        for commitment, text in zip(commitments, texts, strict=True):
            commitment["text"] = text if isinstance(text, str) else None
        return data

    @contextmanager
    def reading(self) -> Generator[None]:
        """Something is read, for which texts wait."""
        self._readings += 1
        try:
            yield
        finally:
            self._readings -= 1
            if self._is_scheduled and not self._readings:
                self._wait()

    def _wait(self) -> None:
        """Wait some turns from now on."""
        if not self._turns_left:
            asyncio.get_running_loop().call_soon(self._turn)
        self._turns_left = _TURNS

    def _turn(self) -> None:
        self._turns_left = 0 if self._readings else self._turns_left - 1
        if self._turns_left:
            asyncio.get_running_loop().call_soon(self._turn)
        elif self._is_scheduled and not self._readings:
            self._is_scheduled = False
            self.begin()
