"""Shareable operations: those that provably have the same result for every caller."""

from collections.abc import AsyncGenerator, Callable
from typing import Annotated, Any

import pytest
import strawberry
from graphql import OperationDefinitionNode, parse, validate
from strawberry.extensions import FieldExtension
from strawberry.permission import BasePermission

from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.shareable import is_shareable, root_field, shareable


class Allowed(BasePermission):
    def has_permission(self, source: Any, info: strawberry.Info, **kwargs: Any) -> bool:
        return bool(info.context)


class Twisted(FieldExtension):
    def resolve(
        self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **kwargs: Any
    ) -> Any:
        return next_(source, info, **kwargs)


@strawberry.interface
class Thing:
    name: str

    @strawberry.field
    def label(self) -> str:
        return self.name


@strawberry.type
class Plain(Thing):
    @strawberry.field
    def open(self, length: int = 3) -> str:
        return self.name[:length]


@strawberry.type
class Personal(Thing):
    @strawberry.field
    def label(self, info: strawberry.Info) -> str:
        return f"{self.name} of {info.context}"

    @strawberry.field
    def mine(self, who: strawberry.Info) -> str:
        return str(who.context)


@strawberry.type
class Event:
    position: int
    plain: Plain
    personal: Personal
    thing: Thing
    either: Annotated[Plain | Personal, strawberry.union("Either")]

    @strawberry.field
    def silent(self, info: strawberry.Info) -> int:
        return self.position

    @strawberry.field
    @shareable
    def declared(self, info: strawberry.Info) -> int:
        return self.position

    @strawberry.field(permission_classes=[Allowed])  # type: ignore[untyped-decorator]
    def guarded(self) -> int:
        return self.position

    @strawberry.field(extensions=[Twisted()])  # type: ignore[untyped-decorator]
    def twisted(self) -> int:
        return self.position


@strawberry.type
class Query:
    position: int


@strawberry.type
class Subscription:
    @strawberry.subscription
    @shareable
    async def events(
        self, info: strawberry.Info, after: int | None = None
    ) -> AsyncGenerator[Event, None]:
        raise NotImplementedError
        yield

    @strawberry.subscription
    async def own(self, info: strawberry.Info) -> AsyncGenerator[Event, None]:
        raise NotImplementedError
        yield


SCHEMA = ComposedSchema(
    extends={}, query=Query, subscription=Subscription, types=[Plain, Personal]
).core


def shared(text: str) -> bool:
    document = parse(text)
    assert validate(SCHEMA, document) == []
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    return is_shareable(SCHEMA, document, operation)


@pytest.mark.parametrize(
    "selection",
    [
        "position",
        "__typename position",
        "declared",
        "plain { name label open(length: 1) __typename }",
        "... on Event { position }",
        "...F } } fragment F on Event { plain { ...G } } fragment G on Plain { label } #",
        "thing { name }",
        "either { __typename ... on Plain { label } }",
    ],
)
def test_operation_that_cannot_know_its_caller_is_shareable(selection: str) -> None:
    end = "" if "#" in selection else " } }"

    assert shared("subscription { events { " + selection + end)


@pytest.mark.parametrize(
    "selection",
    [
        "silent",
        "guarded",
        "twisted",
        "a: silent position",
        "personal { mine }",
        "personal { label }",
        # What is found there may be personal.
        "thing { label }",
        "thing { ... on Thing { label } }",
        "either { ... on Personal { label } }",
        "either { ... on Thing { label } }",
        "... on Event { silent }",
        "...F } } fragment F on Event { plain { name } ...G } fragment G on Event { silent } #",
        "silent @skip(if: true)",
    ],
)
def test_operation_that_may_know_its_caller_is_not_shareable(selection: str) -> None:
    end = "" if "#" in selection else " } }"

    assert not shared("subscription { events { " + selection + end)


def test_unmarked_subscription_is_not_shareable() -> None:
    assert not shared("subscription { own { position } }")


@pytest.mark.parametrize(
    "text",
    [
        "subscription { events(after: 5) { position } }",
        "subscription { a: events(after: 5) { position } }",
        "subscription { ... { ... on Subscription { events(after: 5) { position } } } }",
        "subscription { ...F } fragment F on Subscription { ...G }"
        " fragment G on Subscription { events(after: 5) { position } }",
        "subscription { events(after: 5) { position } events(after: 5) { declared } }",
    ],
)
def test_root_field_is_found_also_in_fragments(text: str) -> None:
    document = parse(text)
    assert validate(SCHEMA, document) == []
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))

    field = root_field(document, operation)

    assert field.name.value == "events"
    assert [argument.name.value for argument in field.arguments or ()] == ["after"]
