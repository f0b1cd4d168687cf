"""Lookup of a request's document, by its text or its hash (``persistedQuery``)."""

from collections.abc import Mapping
from typing import Any, cast

from intersessional.graphql.execution.document_queue import DocumentQueue
from intersessional.graphql.execution.documents import (
    ParsedDocuments,
    PreparedDocument,
    sha256_of,
)
from intersessional.graphql.execution.documents_mode import DocumentsMode
from intersessional.graphql.request.charge import Charge, free
from intersessional.graphql.request.context import BadRequest

CHARACTERS_MAX = 100_000
"""A longer document is not even looked for: one token can be as long as the request."""


class PersistedDocuments:
    """Finds the document of a request; the codes and messages are those of Apollo's protocol."""

    def __init__(
        self,
        documents: ParsedDocuments,
        mode: DocumentsMode,
        trusted: Mapping[str, PreparedDocument],
    ) -> None:
        """``trusted`` documents are found by their SHA-256 in every mode."""
        self._documents = documents
        self._queue = DocumentQueue(documents)
        self._mode = mode
        self._trusted = trusted

    async def find(
        self, text: str | None, extensions: Mapping[str, Any], charge: Charge = free
    ) -> PreparedDocument:
        """Return the document that a request contains or names. Raises GraphQLError.

        ``charge`` takes the points of a document that was not seen before.
        """
        digest = _persisted_query(extensions)
        if text is None:
            return self._by_hash(digest)
        if len(text) > CHARACTERS_MAX:
            message = f"A document has at most {CHARACTERS_MAX} characters."
            raise BadRequest("QUERY_TOO_LARGE", message, max=CHARACTERS_MAX)
        actual = sha256_of(text)
        if digest is not None and digest != actual:
            raise BadRequest(
                "PERSISTED_QUERY_HASH_MISMATCH", "sha256Hash is not the SHA-256 of the query."
            )
        if actual in self._trusted:
            return self._trusted[actual]
        if self._mode is DocumentsMode.ONLY:
            raise _not_in_list()
        return await self._queue.prepare(text, charge)

    def _by_hash(self, digest: str | None) -> PreparedDocument:
        if digest is None:
            raise BadRequest("BAD_REQUEST", "A request has a query, a text in GraphQL.")
        if digest in self._trusted:
            return self._trusted[digest]
        if self._mode is DocumentsMode.ONLY:
            raise _not_in_list()
        if self._mode is DocumentsMode.OPEN:
            raise BadRequest("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
        prepared = self._documents.get(digest)
        if prepared is None:
            raise BadRequest("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return prepared


def _persisted_query(extensions: Mapping[str, Any]) -> str | None:
    """The hash in a request's extensions; None without one. Raises BadRequest."""
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    if not isinstance(persisted, dict):
        raise BadRequest("BAD_REQUEST", "persistedQuery is an object.")
    fields = cast("dict[str, Any]", persisted)
    digest = fields.get("sha256Hash")
    if fields.get("version") != 1:
        raise BadRequest("BAD_REQUEST", "The version of a persistedQuery is 1.")
    if not isinstance(digest, str):
        raise BadRequest("BAD_REQUEST", "sha256Hash is a text.")
    return digest.lower()


def _not_in_list() -> BadRequest:
    return BadRequest(
        "PERSISTED_QUERY_NOT_IN_LIST", "Only documents that this server was given are served."
    )
