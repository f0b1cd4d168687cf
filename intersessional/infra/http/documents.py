"""The documents that the settings allow."""

from collections.abc import Mapping

from intersessional.graphql.execution.documents import ParsedDocuments, PreparedDocument
from intersessional.graphql.execution.limits import OperationLimits
from intersessional.graphql.execution.persisted_documents import PersistedDocuments
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.http.trusted_documents import trusted_documents
from intersessional.infra.settings import Settings


def operation_limits(settings: Settings) -> OperationLimits:
    """The limits on operations in the settings."""
    return OperationLimits(
        tokens_max=settings.query_tokens_max,
        depth_max=settings.query_depth_max,
        aliases_max=settings.query_aliases_max,
        cost_max=settings.query_cost_max,
        operations_max=settings.query_operations_max,
    )


def open_persisted_documents(
    schema: ComposedSchema, settings: Settings, page: Mapping[str, PreparedDocument]
) -> PersistedDocuments:
    """The documents of the page and those of the settings. Raises TrustedDocumentsError."""
    documents = ParsedDocuments(schema, operation_limits(settings))
    trusted = dict(page)
    if settings.documents is not None:
        trusted |= trusted_documents(settings.documents, documents)
    return PersistedDocuments(documents, settings.documents_mode, trusted)
