"""Every list of the API has a bound that is stated or given, so that its cost can be measured."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType

from intersessional.graphql.relay.connection import FIRST_MAX
from intersessional.graphql.schema.list_size import stated_size
from tests.composed import installed_node


def output_fields() -> Iterator[tuple[str, str, Any]]:
    """The fields of all types, each with the names of its type and its own."""
    for kind in installed_node().schema.core.type_map.values():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and kind.name[:2] != "__":
            yield from ((kind.name, name, field) for name, field in kind.fields.items())


def is_list(field: Any) -> bool:
    return str(field.type).startswith("[")


def test_every_list_states_its_bound_or_is_given_the_size_of_a_page() -> None:
    unbounded = [
        f"{kind}.{name}"
        for kind, name, field in output_fields()
        if is_list(field)
        and not kind.endswith("Connection")
        and "first" not in field.args
        and stated_size(field) is None
    ]

    assert unbounded == []


def test_every_connection_is_given_the_size_of_a_page() -> None:
    unpaged = [
        f"{kind}.{name}"
        for kind, name, field in output_fields()
        if str(field.type).strip("!").endswith("Connection") and "first" not in field.args
    ]

    assert unpaged == []


def test_only_lists_of_a_page_are_in_a_connection() -> None:
    lists = {
        name
        for kind, name, field in output_fields()
        if kind.endswith("Connection") and is_list(field)
    }

    assert lists == {"edges", "nodes"}


def test_pages_have_a_default_size_within_the_bound() -> None:
    outside = [
        f"{kind}.{name}"
        for kind, name, field in output_fields()
        if "first" in field.args
        and not 1 <= field.args["first"].default_value <= (stated_size(field) or FIRST_MAX)
    ]

    assert outside == []
