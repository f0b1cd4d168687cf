"""The cost of the operations of one document, measured with coerced variables."""

from collections.abc import Mapping
from typing import Any

from cachetools import LRUCache
from graphql import DocumentNode, OperationDefinitionNode

from intersessional.graphql.execution.limits import LimitCheck

COSTS_MAX = 16
"""Costs that are remembered of a document, of different page sizes."""


class SizeCheck:
    """Measures the operations of a valid document; the latest costs are remembered."""

    def __init__(self, limits: LimitCheck, document: DocumentNode) -> None:
        self._limits = limits
        self._document = document
        self._costs: LRUCache[tuple[Any, ...], int] = LRUCache(COSTS_MAX)
        self._page_sizes: frozenset[str] | None = None
        """The variables that give page sizes; None before the first measure."""

    def cost(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> int:
        """The fields that an operation resolves at most. Raises BadRequest for too many."""
        key = self._key(operation, variables)
        if key is not None and key in self._costs:
            return self._costs[key]
        measure = self._limits.measure(self._document, variables)
        size = measure.measure(operation)
        error = self._limits.exceeded(size)
        if error is not None:
            raise error
        self._page_sizes = (self._page_sizes or frozenset()) | measure.page_sizes
        cost = int(size.cost + size.introspection)
        key = self._key(operation, variables)
        if key is not None:
            self._costs[key] = cost
        return cost

    def _key(
        self, operation: OperationDefinitionNode, variables: Mapping[str, Any]
    ) -> tuple[Any, ...] | None:
        if self._page_sizes is None:
            return None
        name = operation.name.value if operation.name else None
        return (name, *((one, variables.get(one)) for one in self._page_sizes))
