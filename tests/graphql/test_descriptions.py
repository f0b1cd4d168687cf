"""Every element of the schema has a description."""

import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
    is_specified_scalar_type,
)

from tests.composed import installed_node

Description = tuple[str, str | None]


def described_elements() -> Iterator[Description]:
    """Each type, field, argument, value and input of the schema, with its description."""
    for name, kind in installed_node().schema.core.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        yield name, kind.description
        match kind:
            case GraphQLObjectType() | GraphQLInterfaceType():
                for field_name, field in kind.fields.items():
                    yield f"{name}.{field_name}", field.description
                    yield from _arguments(f"{name}.{field_name}", field.args)
            case GraphQLInputObjectType():
                for field_name, input_field in kind.fields.items():
                    yield f"{name}.{field_name}", input_field.description
            case GraphQLEnumType():
                for value_name, value in kind.values.items():
                    yield f"{name}.{value_name}", value.description
            case _:
                pass


def _arguments(field: str, arguments: dict[str, GraphQLArgument]) -> Iterator[Description]:
    for name, argument in arguments.items():
        yield f"{field}({name}:)", argument.description


@pytest.fixture(scope="module")
def descriptions() -> list[Description]:
    return list(described_elements())


def test_everything_in_the_schema_is_described(descriptions: list[Description]) -> None:
    missing = [name for name, text in descriptions if not text]

    assert missing == []


def test_descriptions_are_sentences(descriptions: list[Description]) -> None:
    no_sentences = {
        name: text for name, text in descriptions if text and not re.search(r"[.:;]$", text.strip())
    }

    assert no_sentences == {}


def test_descriptions_use_only_terms_of_the_api(descriptions: list[Description]) -> None:
    inside = re.compile(r"DOMAIN|``|\b[a-z]+_[a-z_]+\b|\bself\b")
    leaks = {name: text for name, text in descriptions if text and inside.search(text)}

    assert leaks == {}
