"""Conventions of the schema that clients rely on."""

import re
from typing import Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    validate_schema,
)

from intersessional.graphql.schema.composed_schema import ComposedSchema
from tests.composed import installed_node


@pytest.fixture(scope="module")
def composed() -> ComposedSchema:
    return installed_node().schema


@pytest.fixture(scope="module")
def schema(composed: ComposedSchema) -> GraphQLSchema:
    """The schema as any tool reads it from its printed form."""
    return build_schema(composed.as_str())


def fields(schema: GraphQLSchema) -> dict[str, Any]:
    """Every field of every object, by its full name."""
    return {
        f"{name}.{field_name}": field
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
        for field_name, field in kind.fields.items()
    }


def named(schema: GraphQLSchema, field: Any) -> GraphQLNamedType:
    """The type of a field, or of its items."""
    kind = schema.get_type(str(field.type).strip("[]!"))
    assert kind is not None
    return kind


def object_type(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    """An object type, by its name."""
    kind = schema.get_type(name)
    assert isinstance(kind, GraphQLObjectType)
    return kind


def interface(schema: GraphQLSchema, name: str) -> GraphQLInterfaceType:
    """An interface, by its name."""
    kind = schema.get_type(name)
    assert isinstance(kind, GraphQLInterfaceType)
    return kind


def test_schema_is_valid(schema: GraphQLSchema) -> None:
    assert validate_schema(schema) == []


def test_a_mutation_answers_one_outcome_or_a_refusal_and_fails_alone(
    schema: GraphQLSchema,
) -> None:
    done, refusal = interface(schema, "CommandPayload"), interface(schema, "Refusal")

    for name, field in object_type(schema, "Mutation").fields.items():
        (argument,) = field.args.items()
        assert argument[0] == "input"
        assert isinstance(argument[1].type, GraphQLNonNull)
        assert isinstance(field.type, GraphQLUnionType), f"{name} takes the others with it"
        outcomes = [kind for kind in field.type.types if done in kind.interfaces]
        refusals = [kind for kind in field.type.types if refusal in kind.interfaces]
        assert len(outcomes) == 1
        assert len(outcomes) + len(refusals) == len(field.type.types)


def test_changed_node_of_a_payload_is_nullable(schema: GraphQLSchema) -> None:
    done = interface(schema, "CommandPayload")

    for kind in schema.get_possible_types(done):
        assert isinstance(kind, GraphQLObjectType)
        (changed,) = kind.fields.keys() - done.fields.keys()
        field: Any = kind.fields[changed]
        assert not isinstance(field.type, GraphQLNonNull)


def test_lists_are_connections_as_relay_defines_them(schema: GraphQLSchema) -> None:
    node = interface(schema, "Node")
    for name, field in fields(schema).items():
        kind = named(schema, field)
        if not kind.name.endswith("Connection"):
            continue
        assert isinstance(kind, GraphQLObjectType)
        assert {"first", "after"} <= field.args.keys(), name
        assert not isinstance(field.type, GraphQLNonNull), f"{name} takes its parent with it"
        assert {"edges", "pageInfo", "nodes", "totalCount"} == kind.fields.keys()
        edge = named(schema, kind.fields["edges"])
        assert isinstance(edge, GraphQLObjectType)
        assert edge.fields.keys() == {"cursor", "node"}
        item = named(schema, edge.fields["node"])
        assert isinstance(item, GraphQLObjectType)
        assert node in item.interfaces or item.name in {
            "AuditEntry",
            "BlockChange",
            "DraftRevision",
            "Assessment",
            "ElementReading",
            "GroupCoverage",
            "Continuation",
            "GroupInCycle",
            "GroupName",
            "GroupReport",
            "PreviewedChange",
            "ProposalDeadline",
            "RoleHolder",
        }


def test_every_subscription_goes_on_after_a_position(schema: GraphQLSchema) -> None:
    for name, field in object_type(schema, "Subscription").fields.items():
        assert str(field.args["after"].type) == "Position", name
        kind = named(schema, field)
        assert isinstance(kind, GraphQLObjectType)
        assert str(kind.fields["position"].type) == "Position!"


def test_every_query_takes_a_past_state(schema: GraphQLSchema) -> None:
    of_now = {"headPosition", "epoch", "importCheck", "viewer", "node", "preview", "softRules"}

    for name, field in object_type(schema, "Query").fields.items():
        assert ("asOf" in field.args) is (name not in of_now), name


def test_every_node_is_linked_from_another_type(schema: GraphQLSchema) -> None:
    kinds = fields(schema)
    for kind in schema.get_possible_types(interface(schema, "Node")):
        reached = [name for name, field in kinds.items() if named(schema, field) is kind]
        assert [name for name in reached if not name.startswith(kind.name)], kind.name


def test_node_query_takes_only_the_id_as_relay_requires(schema: GraphQLSchema) -> None:
    query = object_type(schema, "Query")

    assert query.fields["node"].args.keys() == {"id"}
    assert {
        name: str(argument.type) for name, argument in query.fields["nodeAsOf"].args.items()
    } == {
        "id": "ID!",
        "asOf": "AsOfInput!",
    }


# Clients cache objects by id: an object that is not a node must not be taken for one.
def test_types_with_an_id_are_nodes_or_parts_of_one(schema: GraphQLSchema) -> None:
    node = interface(schema, "Node")
    with_ids = {
        name
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLObjectType) and "id" in kind.fields
    }
    nodes = {kind.name for kind in schema.get_possible_types(node)}

    assert with_ids - nodes == {
        "Assessment",
        "GroupReport",
        "Nomination",
        "Objection",
        "VenueOption",
    }


def test_names_follow_the_naming_conventions(schema: GraphQLSchema) -> None:
    for name, field in fields(schema).items():
        assert re.fullmatch(r"[A-Z][A-Za-z]*\.[a-z][A-Za-z0-9]*", name)
        for argument in field.args:
            assert re.fullmatch(r"[a-z][A-Za-z0-9]*", argument)
    for name in schema.type_map:
        assert re.fullmatch(r"(__)?[A-Z][A-Za-z]*", name)


def test_ids_of_other_things_are_ids_and_points_in_time_are_no_texts(
    schema: GraphQLSchema,
) -> None:
    for name, field in fields(schema).items():
        last = name.split(".")[1]
        if last.endswith("At") and last != "presentedAt":
            assert named(schema, field).name == "DateTime", name
        if last.endswith("On") and not last.startswith(("carried",)):
            assert named(schema, field).name == "Date", name
