"""Schemas composed once a process: it takes 0.1 s, and nothing changes one afterwards."""

from unittest.mock import patch

from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.plugins.composition import Composition


def compose_each_once() -> None:
    """Give the same schema to every composition of the very same plugins."""
    compose = Composition.schema
    # Plugins have no hash; a composition that is held here keeps theirs from being used again.
    composed: dict[tuple[int, ...], tuple[Composition, ComposedSchema]] = {}

    def schema(composition: Composition, *, suggestions: bool = True) -> ComposedSchema:
        key = (suggestions, *map(id, composition.plugins))
        if key not in composed:
            composed[key] = (composition, compose(composition, suggestions=suggestions))
        return composed[key][1]

    patch.object(Composition, "schema", schema).start()
