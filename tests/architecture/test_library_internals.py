"""Undocumented parts of libraries that the code uses still exist after an upgrade."""

import inspect
import tomllib
from pathlib import Path

import asyncpg
import pytest
import strawberry
import uvicorn
import uvicorn.protocols.utils
from graphql import GraphQLObjectType, execution
from graphql.execution import Executor
from strawberry.schema.schema import Schema, StrawberryGraphQLCoreExecutionContext
from strawberry.schema.validation_rules import one_of
from strawberry.types.field import StrawberryField
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.protocol import Protocol
from websockets.server import ServerProtocol

METHODS: dict[object, str] = {
    asyncpg.Connection: "_introspect_types",
    uvicorn.protocols.utils: "get_local_addr get_remote_addr",
    WebSocketsSansIOProtocol: "handle_connect data_received keepalive_timeout",
    Protocol: "data_to_send",
    uvicorn.Server: "startup capture_signals serve",
    execution: "create_source_event_stream execute_root_selection_set execute_subscription_event"
    " get_argument_values get_variable_values",
    Executor: "build build_per_event_executor",
    StrawberryGraphQLCoreExecutionContext: "build",
    Schema: "get_fields get_type_by_name",
    StrawberryField: "base_resolver",
    one_of: "OneOfInputValidationRule",
}
ATTRIBUTES: dict[type, str] = {
    ServerState: "total_requests connections tasks default_headers",
    WebSocketsSansIOProtocol: "transport writable conn scope handshake_initiated loop"
    " ping_timeout pong_timer handshake_complete",
    ServerProtocol: "handshake_exc extensions max_message_size",
    uvicorn.Server: "should_exit",
    Executor: "async_helpers context_value _relevant_sub_fields",
    Schema: "_schema config",
    StrawberryField: "permission_classes python_name",
}
"""Set on instances, so they are looked for in the source of the class and its bases."""

BOUNDED = {"asyncpg", "graphql-core", "strawberry-graphql", "uvicorn", "websockets"}


@pytest.mark.parametrize(
    ("owner", "names"), METHODS.items(), ids=[getattr(one, "__name__", "") for one in METHODS]
)
def test_library_has_the_undocumented_methods_that_we_use(owner: object, names: str) -> None:
    assert [name for name in names.split() if not hasattr(owner, name)] == []


@pytest.mark.parametrize(
    ("owner", "names"), ATTRIBUTES.items(), ids=[one.__name__ for one in ATTRIBUTES]
)
def test_library_sets_the_undocumented_attributes_that_we_use(owner: type, names: str) -> None:
    source = "".join(
        inspect.getsource(base)
        for base in owner.__mro__
        if base.__module__.partition(".")[0] in ("uvicorn", "websockets", "graphql", "strawberry")
    )
    assert [name for name in names.split() if f"self.{name}" not in source] == []


def test_strawberry_notes_its_definitions_where_we_read_them() -> None:
    @strawberry.type
    class Query:
        @strawberry.field
        def answer(self) -> int:
            return 42

    root = vars(strawberry.Schema(query=Query))["_schema"].query_type

    assert isinstance(root, GraphQLObjectType)
    assert isinstance(root.fields["answer"].extensions["strawberry-definition"], StrawberryField)
    assert "__strawberry_definition__" in vars(Query)


def test_libraries_whose_internals_we_use_have_an_upper_bound() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]

    bounded = {one.partition(">")[0] for one in project["dependencies"] if "<" in one}

    assert bounded >= BOUNDED
