"""Which documents may be asked for, by their text or by their hash (``persistedQuery``)."""

from collections.abc import Mapping
from typing import Any, cast

from intersessional.graphql.execution.documents import ParsedDocuments, PreparedDocument, hash_of
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.http.trusted_documents import trusted_documents
from intersessional.infra.settings import DocumentsMode, Settings


class PersistedDocuments:
    """Finds the document of a request, on whatever wire it came."""

    def __init__(
        self,
        documents: ParsedDocuments,
        mode: DocumentsMode,
        trusted: Mapping[str, PreparedDocument],
    ) -> None:
        """``trusted`` are served by their hashes in every mode."""
        self._documents = documents
        self._mode = mode
        self._trusted = trusted

    def find(self, text: str | None, extensions: Mapping[str, Any]) -> PreparedDocument:
        """The document that a request gives or names. Raises GraphQLError.

        The codes of refusals, and two of their messages, are those that clients know already.
        """
        named = _named(extensions)
        if text is None:
            return self._by_hash(named)
        hash = hash_of(text)
        if named is not None and named != hash:
            raise BadRequest(
                "PERSISTED_QUERY_HASH_MISMATCH", "sha256Hash is not the SHA-256 of the query."
            )
        if hash in self._trusted:
            return self._trusted[hash]
        if self._mode is DocumentsMode.ONLY:
            raise _not_in_list()
        return self._documents.prepare(text)

    def _by_hash(self, hash: str | None) -> PreparedDocument:
        if hash is None:
            raise BadRequest("BAD_REQUEST", "A request has a query, a text in GraphQL.")
        if hash in self._trusted:
            return self._trusted[hash]
        if self._mode is DocumentsMode.ONLY:
            raise _not_in_list()
        if self._mode is DocumentsMode.OPEN:
            raise BadRequest("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
        known = self._documents.known(hash)
        if known is None:
            raise BadRequest("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return known


def _named(extensions: Mapping[str, Any]) -> str | None:
    """The hash in a request's extensions; None without one. Raises BadRequest."""
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    if not isinstance(persisted, dict):
        raise BadRequest("BAD_REQUEST", "persistedQuery is an object.")
    fields = cast("dict[str, Any]", persisted)
    hash = fields.get("sha256Hash")
    if fields.get("version") != 1:
        raise BadRequest("BAD_REQUEST", "The version of a persistedQuery is 1.")
    if not isinstance(hash, str):
        raise BadRequest("BAD_REQUEST", "sha256Hash is a text.")
    return hash.lower()


def _not_in_list() -> BadRequest:
    return BadRequest(
        "PERSISTED_QUERY_NOT_IN_LIST", "Only documents that this server was given are served."
    )


def open_persisted_documents(schema: ComposedSchema, settings: Settings) -> PersistedDocuments:
    """The documents that the settings let clients ask for. Raises DocumentsRefused."""
    documents = ParsedDocuments(schema, settings)
    return PersistedDocuments(
        documents, settings.documents_mode, trusted_documents(settings, documents)
    )
