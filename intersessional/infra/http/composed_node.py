"""What a node serves, composed of plugins before anything is opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.garbage_collection import no_collection
from intersessional.infra.page.compose import ComposedPage, compose_page
from intersessional.infra.page.documents import prepared_documents
from intersessional.infra.settings import Mode
from intersessional.plugins.composition import Composition


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedNode:
    """Plugins with their schema and their page. Nothing changes it; many nodes can serve it."""

    composition: Composition
    schema: ComposedSchema
    page: ComposedPage
    documents: Mapping[str, PreparedDocument]
    """Those of the page, validated, by SHA-256."""


@no_collection()
def compose_node(composition: Composition, mode: Mode) -> ComposedNode:
    """Compose the schema and the page, which takes a second. Raises CompositionError.

    In development, error messages suggest names.
    """
    page = compose_page(composition.plugins)
    schema = composition.schema(suggestions=mode is Mode.DEVELOPMENT)
    return ComposedNode(
        composition=composition,
        schema=schema,
        page=page,
        documents=prepared_documents(page.documents.values(), schema),
    )
