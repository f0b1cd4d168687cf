"""Limits on the size of an operation, checked before it is validated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoFragmentCyclesRule,
    OperationDefinitionNode,
    get_introspection_query,
    parse,
    validate,
)

from intersessional.graphql.execution.overlapping_fields import (
    TooManyFieldPairs,
    check_overlapping_fields,
)
from intersessional.graphql.execution.sizes import (
    NestedTooDeeply,
    OperationSize,
    SizeMeasure,
)
from intersessional.graphql.request.context import BadRequest

_PAIRS_MAX = 10_000
_INTROSPECTIONS_MAX = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationLimits:
    """The largest operation that is executed."""

    tokens_max: int
    """Lexical tokens of the document."""
    depth_max: int
    aliases_max: int
    cost_max: int
    """Fields that may have to be resolved, by the bounds of their lists."""
    operations_max: int = 1
    """Operations of a document that is not trusted."""


@cache
def _introspection() -> DocumentNode:
    return parse(get_introspection_query(one_of=True, input_value_deprecation=True))


class LimitCheck:
    """Checks operations against the limits; a full introspection query is always allowed."""

    def __init__(self, schema: GraphQLSchema, limits: OperationLimits) -> None:
        introspection = _introspection()
        (operation,) = _operations(introspection)
        size = SizeMeasure(schema, introspection, {}).measure(operation)
        self._schema = schema
        self._limits = limits
        self._introspection_max = _INTROSPECTIONS_MAX * size.introspection

    def measure(self, document: DocumentNode, variables: Mapping[str, Any]) -> SizeMeasure:
        """A measure of the operations of a document, given their ``variables``."""
        return SizeMeasure(self._schema, document, variables)

    def errors(self, document: DocumentNode, variables: Mapping[str, Any]) -> list[GraphQLError]:
        """Return an error for each operation that is too large, given its ``variables``."""
        measure = self.measure(document, variables)
        errors: list[GraphQLError] = []
        for operation in _operations(document):
            errors.extend(self._check(measure, operation))
        if measure.cyclic:
            return validate(self._schema, document, (NoFragmentCyclesRule,))
        return errors

    def _check(
        self, measure: SizeMeasure, operation: OperationDefinitionNode
    ) -> Iterator[BadRequest]:
        try:
            size = measure.measure(operation)
        except NestedTooDeeply:
            yield BadRequest("QUERY_TOO_DEEP", "The query nests its selections too deeply.")
            return
        error = self.exceeded(size)
        if error is not None:
            yield error
            return
        try:
            check_overlapping_fields(operation, measure.fragments, _PAIRS_MAX)
        except TooManyFieldPairs:
            yield BadRequest("QUERY_TOO_REPETITIVE", "The query repeats the same fields too often.")

    def exceeded(self, size: OperationSize) -> BadRequest | None:
        """The error of an operation that is too large; None for another one."""
        sizes = (
            ("QUERY_TOO_DEEP", "depth", size.depth, self._limits.depth_max),
            ("TOO_MANY_ALIASES", "number of aliases", size.aliases, self._limits.aliases_max),
            ("QUERY_TOO_COSTLY", "cost", size.cost, self._limits.cost_max),
            (
                "QUERY_TOO_COSTLY",
                "cost of introspection",
                size.introspection,
                self._introspection_max,
            ),
        )
        for code, name, measured, allowed in sizes:
            if measured > allowed:
                # Fragments can spread exponentially: the number may have thousands of digits.
                measured = int(min(measured, 1_000 * allowed))
                message = f"The query has a {name} of {measured}; {int(allowed)} is allowed."
                return BadRequest(code, message, measured=measured, max=int(allowed))
        return None


def _operations(document: DocumentNode) -> Iterator[OperationDefinitionNode]:
    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode):
            yield one
