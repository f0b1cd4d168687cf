"""Inputs of persons are marked in the schema: of anybody else's nothing is read."""

from typing import Any

import strawberry

from intersessional.graphql.execution.coerced_operation import coerce_operation
from intersessional.graphql.execution.documents import ParsedDocuments
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.decorators import field, object_type, signed_in_input_type
from intersessional.infra.http.documents import operation_limits
from intersessional.infra.settings import Settings

SENT: Any = {"texts": ["x"] * 300, "count": 7, "note": "all of it"}


@signed_in_input_type
class Trial:
    """What a plugin lets persons try."""

    texts: list[str]
    """Many texts."""
    count: int
    """A number."""
    note: str = ""
    """A text that may be left out."""


@object_type
class Query:
    """A query that takes it."""

    @field
    def tried(self, trial: Trial) -> int:
        """The number."""
        return trial.count


def test_least_input_of_a_marked_type_stands_for_what_nobody_has_signed_in_for() -> None:
    schema = ComposedSchema(extends={}, query=Query)
    documents = ParsedDocuments(schema, operation_limits(Settings()))
    prepared = documents.prepare("query ($trial: Trial!) { tried(trial: $trial) }")

    known, nobody = (
        coerce_operation(schema, prepared, None, {"trial": SENT}, signed_in=signed_in)
        for signed_in in (True, False)
    )

    assert known.values.coerced["trial"] == SENT
    assert nobody.values.coerced["trial"] == {"texts": [], "count": 0, "note": ""}


def test_schema_says_of_which_inputs_nothing_is_read() -> None:
    printed = strawberry.Schema.as_str(ComposedSchema(extends={}, query=Query))

    assert "input Trial @signedInOnly {" in printed
