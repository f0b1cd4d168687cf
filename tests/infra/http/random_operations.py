"""Random operations and commands that the schema allows."""

import json
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
)
from hypothesis import strategies as st

Json = Any

_EDGES = [0, 1, -1, 2, 20, 100, 101, 2018, 2**31 - 1, -(2**31), 2**53 - 1]
_TEXTS = ["", " ", "x", "b1", "a-key", "\x00", "🦄", "x" * 9_000, "Europe/Paris", "2018"]
_TIMES = [
    "2018",
    "2018-04",
    "2018-04-04",
    "2018-03-19/2018-03-22",
    "2018-04-04T12:00:00Z",
    "0001",
    "9999",
    "9999-12-31",
    "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00Z",
    "tomorrow",
]
_LEAVES = 3


class RandomOperations:
    """Draws operations on a record that has objects with these ids."""

    def __init__(self, schema: GraphQLSchema, ids: list[str]) -> None:
        self._schema = schema
        self._ids = [*ids, "", "no id", "00000000-0000-0000-0000-000000000000"]

    def query(self, draw: st.DrawFn) -> str:
        """A query, with everything in its text."""
        return "query " + self._selection(draw, "Query", 4)

    def subscription(self, draw: st.DrawFn) -> str:
        """A subscription to one thing."""
        kind = cast("GraphQLObjectType", self._schema.get_type("Subscription"))
        name = draw(st.sampled_from(sorted(kind.fields)))
        return "subscription { " + self._field(draw, kind, name, 3) + " }"

    def command(self, draw: st.DrawFn) -> tuple[str, Json]:
        """A mutation, and its input."""
        kind = cast("GraphQLObjectType", self._schema.get_type("Mutation"))
        name = draw(st.sampled_from(sorted(kind.fields)))
        named = f"{name[0].upper()}{name[1:]}Input"
        query = (
            f"mutation ($input: {named}!) {{ {name}(input: $input) {{ __typename"
            " ... on CommandPayload { position } ... on Refusal { code message } } }"
        )
        return query, self._input(draw, named)

    def _selection(self, draw: st.DrawFn, name: str, depth: int) -> str:
        kind = self._schema.get_type(name)
        if isinstance(kind, GraphQLUnionType):
            return "{ __typename }"
        if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            return ""
        fields = [
            field
            for field, definition in kind.fields.items()
            if depth > 1 or not _composite(self._schema, definition)
        ]
        few = st.lists(st.sampled_from(sorted(fields)), max_size=_LEAVES, unique=True)
        chosen = draw(few) if fields else []
        return (
            "{ __typename "
            + " ".join(self._field(draw, kind, field, depth) for field in chosen)
            + " }"
        )

    def _field(
        self,
        draw: st.DrawFn,
        kind: GraphQLObjectType | GraphQLInterfaceType,
        name: str,
        depth: int,
    ) -> str:
        definition: Any = kind.fields[name]
        given = [
            f"{argument}: {self._literal(draw, received.type)}"
            for argument, received in definition.args.items()
            if _needed(received) or draw(st.booleans())
        ]
        arguments = f"({', '.join(given)})" if given else ""
        below = self._selection(draw, _name(definition.type), depth - 1)
        return f"{name}{arguments} {below}"

    def _literal(self, draw: st.DrawFn, kind: Any) -> str:
        value = self._value(draw, str(kind))
        return _written(value)

    def _input(self, draw: st.DrawFn, name: str) -> dict[str, Json]:
        kind = cast("GraphQLInputObjectType", self._schema.get_type(name))
        fields: dict[str, Any] = dict(kind.fields)
        # Strawberry knows which inputs take one field; graphql-core is not told.
        if kind.extensions["strawberry-definition"].is_one_of:
            chosen = [draw(st.sampled_from(sorted(fields)))]
        else:
            chosen = [one for one in fields if _needed(fields[one]) or draw(st.booleans())]
        given = {field: self._value(draw, str(fields[field].type)) for field in chosen}
        if "commandId" in given:
            given["commandId"] = str(draw(st.uuids()))
        return given

    def _value(self, draw: st.DrawFn, kind: str) -> Json:
        if kind.endswith("!"):
            return self._value(draw, kind[:-1])
        if kind.startswith("["):
            return [self._value(draw, kind[1:-1]) for _ in range(draw(st.integers(0, 3)))]
        named = self._schema.get_type(kind)
        if isinstance(named, GraphQLInputObjectType):
            return self._input(draw, kind)
        if isinstance(named, GraphQLEnumType):
            return Enum(draw(st.sampled_from(sorted(named.values))))
        match kind:
            case "ID":
                return draw(st.sampled_from(self._ids))
            case "Int" | "Position":
                return draw(st.sampled_from(_EDGES))
            case "Boolean":
                return draw(st.booleans())
            case "DateTime" | "Date" | "OccurredText":
                return draw(st.sampled_from(_TIMES))
            case _:
                return draw(st.sampled_from(_TEXTS))


class Enum(str):
    """A value of an enumeration: written without quotes in a document."""

    __slots__ = ()


def _composite(schema: GraphQLSchema, definition: Any) -> bool:
    kind = schema.get_type(_name(definition.type))
    return isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)


def _needed(given: Any) -> bool:
    return str(given.type).endswith("!")


def _name(kind: Any) -> str:
    return str(kind).strip("[]!")


def _written(value: object) -> str:
    """A value as a document writes it."""
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        return "{" + ", ".join(f"{one}: {_written(fields[one])}" for one in fields) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, cast("list[object]", value))) + "]"
    return json.dumps(value)
