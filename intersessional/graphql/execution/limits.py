"""How large a query may be: what is over it is refused before it is even looked at closely."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

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
from intersessional.graphql.execution.sizes import NestedTooDeeply, SizeMeasure
from intersessional.graphql.request.context import BadRequest
from intersessional.infra.settings import Settings

_PAIRS_MAX = 10_000
_INTROSPECTIONS_MAX = 1.5


@dataclass(frozen=True, kw_only=True)
class OperationLimits:
    """The greatest sizes of an operation."""

    schema: GraphQLSchema
    depth_max: int
    aliases_max: int
    cost_max: int
    introspection_max: float

    @classmethod
    def of(cls, settings: Settings, schema: GraphQLSchema) -> Self:
        """What the settings allow, and to ask for the whole schema, once."""
        whole = parse(get_introspection_query(one_of=True, input_value_deprecation=True))
        (operation,) = _operations(whole)
        return cls(
            schema=schema,
            depth_max=settings.query_depth_max,
            aliases_max=settings.query_aliases_max,
            cost_max=settings.query_cost_max,
            introspection_max=_INTROSPECTIONS_MAX
            * SizeMeasure(schema, whole, {}).of(operation).introspection,
        )

    def errors(self, document: DocumentNode, variables: Mapping[str, Any]) -> list[GraphQLError]:
        """What is too large in a document; ``variables`` may say how long pages are."""
        measure = SizeMeasure(self.schema, document, variables)
        errors: list[GraphQLError] = []
        for operation in _operations(document):
            errors.extend(self._check(measure, operation))
        if measure.cyclic:
            return validate(self.schema, document, (NoFragmentCyclesRule,))
        return errors

    def _check(
        self, measure: SizeMeasure, operation: OperationDefinitionNode
    ) -> Iterator[BadRequest]:
        try:
            size = measure.of(operation)
        except NestedTooDeeply:
            yield BadRequest("QUERY_TOO_DEEP", "The query nests its selections too deeply.")
            return
        sizes = (
            ("QUERY_TOO_DEEP", "depth", size.depth, self.depth_max),
            ("TOO_MANY_ALIASES", "number of aliases", size.aliases, self.aliases_max),
            ("QUERY_TOO_COSTLY", "cost", size.cost, self.cost_max),
            (
                "QUERY_TOO_COSTLY",
                "cost of introspection",
                size.introspection,
                self.introspection_max,
            ),
        )
        for code, what, measured, most in sizes:
            if measured > most:
                # Fragments can spread exponentially: a number without an end helps nobody.
                measured = int(min(measured, 1_000 * most))
                message = f"The query has a {what} of {measured}; {int(most)} is allowed."
                yield BadRequest(code, message, measured=measured, max=int(most))
                return
        try:
            check_overlapping_fields(operation, measure.fragments, _PAIRS_MAX)
        except TooManyFieldPairs:
            yield BadRequest("QUERY_TOO_REPETITIVE", "The query asks for the same too often.")


def _operations(document: DocumentNode) -> Iterator[OperationDefinitionNode]:
    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode):
            yield one
