"""Schemas and pages composed once a process: it takes 0.2 s, and nothing changes one afterwards."""

from collections.abc import Iterable, Sequence
from unittest.mock import patch

from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.http import app, documents
from intersessional.infra.page.compose import ComposedPage, compose_page
from intersessional.infra.page.documents import PageDocument, prepared_documents
from intersessional.plugins.composition import Composition
from intersessional.plugins.plugin import Plugin

# Plugins have no hash, nor have schemas. What is held here keeps an id from being used again.


def compose_each_once() -> None:
    """Give the same schema and page to every composition of the very same plugins."""
    patch.object(Composition, "schema", _schemas()).start()
    patch.object(app, "compose_page", _pages()).start()
    patch.object(documents, "prepared_documents", _documents()).start()


def _schemas() -> object:
    compose = Composition.schema
    composed: dict[tuple[int, ...], tuple[Composition, ComposedSchema]] = {}

    def schema(composition: Composition, *, suggestions: bool = True) -> ComposedSchema:
        key = (suggestions, *map(id, composition.plugins))
        if key not in composed:
            composed[key] = (composition, compose(composition, suggestions=suggestions))
        return composed[key][1]

    return schema


def _pages() -> object:
    composed: dict[tuple[int, ...], tuple[Sequence[Plugin], ComposedPage]] = {}

    def page(plugins: Sequence[Plugin]) -> ComposedPage:
        key = tuple(map(id, plugins))
        if key not in composed:
            composed[key] = (plugins, compose_page(plugins))
        return composed[key][1]

    return page


def _documents() -> object:
    prepared: dict[tuple[object, ...], tuple[ComposedSchema, dict[str, PreparedDocument]]] = {}

    def documents_of(
        page: Iterable[PageDocument], schema: ComposedSchema
    ) -> dict[str, PreparedDocument]:
        texts = tuple(page)
        key = (id(schema), *(one.sha256 for one in texts))
        if key not in prepared:
            prepared[key] = (schema, prepared_documents(texts, schema))
        return dict(prepared[key][1])

    return documents_of
