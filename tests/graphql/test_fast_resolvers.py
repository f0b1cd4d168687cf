"""Fast resolvers: those that take only their object are called directly, others are not."""

from collections.abc import Callable
from typing import Any

import pytest
import strawberry
from graphql import GraphQLObjectType
from strawberry.extensions import FieldExtension
from strawberry.permission import BasePermission

from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.plugins.core import CORE
from tests.composed import composed_schema
from tests.graphql.server import CORE_ONLY


class Refusing(BasePermission):
    message = "not for you"

    def has_permission(self, source: Any, info: strawberry.Info, **kwargs: Any) -> bool:
        return False


class Louder(FieldExtension):
    def resolve(
        self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **kwargs: Any
    ) -> Any:
        return str(next_(source, info, **kwargs)).upper()


@strawberry.interface
class Named:
    name: str

    @strawberry.field
    def label(self) -> str:
        return f"the {self.name}"


@strawberry.type
class Thing(Named):
    @strawberry.field
    async def later(self) -> str:
        return f"later {self.name}"

    @strawberry.field
    def start(self, length: int = 2) -> str:
        return self.name[:length]

    @strawberry.field
    def caller_name(self, info: strawberry.Info) -> str:
        return str(info.context)

    @strawberry.field(permission_classes=[Refusing])  # type: ignore[untyped-decorator]
    def guarded(self) -> str | None:
        return self.name

    @strawberry.field(extensions=[Louder()])  # type: ignore[untyped-decorator]
    def loud(self) -> str:
        return self.name


@strawberry.type
class Query:
    @strawberry.field
    def thing(self) -> Named:
        return Thing(name="thing")


SCHEMA = ComposedSchema(extends={}, query=Query, types=[Thing])


async def test_every_field_answers_as_it_would() -> None:
    query = "{ thing { name label ... on Thing { later start callerName loud guarded } } }"

    result = await SCHEMA.execute(query, context_value="someone")

    assert result.data == {
        "thing": {
            "name": "thing",
            "label": "the thing",
            "later": "later thing",
            "start": "th",
            "callerName": "someone",
            "loud": "THING",
            "guarded": None,
        }
    }
    assert [error.message for error in result.errors or ()] == ["not for you"]


@pytest.mark.parametrize(
    ("field", "direct"),
    [
        ("body", True),
        ("author", True),
        ("draft", True),
        ("id", True),
        ("history", False),
        ("occurred", True),
    ],
)
def test_resolver_without_arguments_is_fast_in_the_api(field: str, direct: bool) -> None:
    assert CORE_ONLY.plugins == (CORE,)
    comment = composed_schema(CORE_ONLY).core.type_map["Comment"]
    assert isinstance(comment, GraphQLObjectType)

    resolve = comment.fields[field].resolve

    assert resolve is not None
    assert (resolve.__module__ == "intersessional.graphql.schema.fast_resolvers") is direct
