"""The schema reads as documentation."""

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

from intersessional.plugins.composition import installed_plugins

Told = tuple[str, str | None]


def everything() -> Iterator[Told]:
    """Each type, field, argument, value and input of the installed schema, with what it tells."""
    for name, kind in installed_plugins().schema().core.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        yield name, kind.description
        match kind:
            case GraphQLObjectType() | GraphQLInterfaceType():
                for field_name, field in kind.fields.items():
                    yield f"{name}.{field_name}", field.description
                    yield from _arguments(f"{name}.{field_name}", field.args)
            case GraphQLInputObjectType():
                for field_name, given in kind.fields.items():
                    yield f"{name}.{field_name}", given.description
            case GraphQLEnumType():
                for value_name, value in kind.values.items():
                    yield f"{name}.{value_name}", value.description
            case _:
                pass


def _arguments(field: str, arguments: dict[str, GraphQLArgument]) -> Iterator[Told]:
    for name, argument in arguments.items():
        yield f"{field}({name}:)", argument.description


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return list(everything())


def test_everything_in_the_schema_is_described(told: list[Told]) -> None:
    untold = [name for name, words in told if not words]

    assert untold == []


def test_descriptions_are_sentences(told: list[Told]) -> None:
    odd = {name: words for name, words in told if words and not re.search(r"[.:;]$", words.strip())}

    assert odd == {}


def test_descriptions_speak_of_what_readers_of_the_api_know(told: list[Told]) -> None:
    inside = re.compile(r"DOMAIN|``|\b[a-z]+_[a-z_]+\b|\bself\b")
    leaks = {name: words for name, words in told if words and inside.search(words)}

    assert leaks == {}
