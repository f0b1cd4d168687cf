"""Turns of the documents that a node has not seen: they are parsed and validated in steps."""

import asyncio

from intersessional.graphql.execution import points
from intersessional.graphql.execution.documents import ParsedDocuments, PreparedDocument
from intersessional.graphql.request.charge import Charge, free
from intersessional.graphql.request.context import BadRequest
from intersessional.tracing import span

WAITING_MAX = 500
"""Documents that wait for their turn."""


class DocumentQueue:
    """Prepares one document at a time, and leaves half of the time to everything else."""

    def __init__(self, documents: ParsedDocuments, *, waiting_max: int = WAITING_MAX) -> None:
        """``waiting_max`` bounds the documents that wait."""
        self._documents = documents
        self._waiting_max = waiting_max
        self._turn = asyncio.Lock()
        self._waiting = 0

    def __len__(self) -> int:
        """The number of documents that wait, with the one that is prepared."""
        return self._waiting

    async def prepare(self, text: str, charge: Charge = free) -> PreparedDocument:
        """A prepared document, valid or not; a new one at a charge.

        Raises BadRequest where too many wait, and what the charge raises.
        """
        known = self._documents.known(text)
        if known is not None:
            return known
        if self._waiting >= self._waiting_max:
            raise BadRequest("TOO_BUSY", "The server is too busy; try again in a moment.")
        charge(points.of_new_document(len(text)))
        self._waiting += 1
        try:
            async with self._turn:
                # An equal document may have been prepared meanwhile.
                known = self._documents.known(text)
                if known is not None:
                    return known
                with span("parse", characters=len(text)):
                    return await self._prepare(text)
        finally:
            self._waiting -= 1

    async def _prepare(self, text: str) -> PreparedDocument:
        loop = asyncio.get_running_loop()
        steps = self._documents.steps(text)
        while True:
            began_at = loop.time()
            try:
                next(steps)
            except StopIteration as end:
                prepared: PreparedDocument = end.value
                return prepared
            finally:
                took_s = loop.time() - began_at
            await asyncio.sleep(took_s)
