"""The documents that the settings allow."""

from collections.abc import Iterable

from intersessional.graphql.execution.documents import ParsedDocuments
from intersessional.graphql.execution.limits import OperationLimits
from intersessional.graphql.execution.persisted_documents import PersistedDocuments
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.http.trusted_documents import trusted_documents
from intersessional.infra.page.compose import compose_page
from intersessional.infra.page.documents import PageDocument, prepared_documents
from intersessional.infra.settings import Settings
from intersessional.plugins.composition import Composition


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
    schema: ComposedSchema, settings: Settings, page: Iterable[PageDocument]
) -> PersistedDocuments:
    """The documents of the page and those of the settings, which are trusted.

    Raises CompositionError, and TrustedDocumentsError.
    """
    documents = ParsedDocuments(schema, operation_limits(settings))
    trusted = prepared_documents(page, schema)
    if settings.documents is not None:
        trusted |= trusted_documents(settings.documents, documents)
    return PersistedDocuments(documents, settings.documents_mode, trusted)


def check_page(composition: Composition) -> None:
    """Compose the page, before anything is opened. Raises CompositionError."""
    page = compose_page(composition.plugins)
    prepared_documents(page.documents.values(), composition.schema())
