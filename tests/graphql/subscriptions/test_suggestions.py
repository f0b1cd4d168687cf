"""In production, errors suggest no names of the schema on any transport."""

from typing import Any

import pytest

from tests.graphql.events import events
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

WATCH = """subscription ($year: Int!, $kind: DecisionKind!) {
    cycleEvents(year: $year) { node { decisions(kind: $kind) { totalCount } } } }"""
MISTYPED: dict[str, Any] = {"year": 2018, "kind": "SELECTIONS"}


@pytest.mark.parametrize(("mode", "suggests"), [("development", True), ("production", False)])
async def test_mistyped_variable_of_a_subscription_gets_a_suggestion_only_in_development(
    database: str, mode: str, suggests: bool
) -> None:
    async with serving(database, mode=mode) as node:
        received = [*await on_a_socket(node), *await on_a_stream(node)]

    assert [error["extensions"]["code"] for error in received] == ["BAD_VARIABLE"] * 2
    assert ["Did you mean" in error["message"] for error in received] == [suggests] * 2


async def on_a_socket(node: Server) -> list[dict[str, Any]]:
    """The error on a socket."""
    async with node.socket() as socket:
        await socket.subscribe("w", WATCH, **MISTYPED)
        errors: list[dict[str, Any]] = await socket.error("w")
        return errors


async def on_a_stream(node: Server) -> list[dict[str, Any]]:
    """The error on an event stream."""
    async with await node.client() as anonymous, events(anonymous, WATCH, **MISTYPED) as stream:
        errors: list[dict[str, Any]] = (await stream.event()).result()["errors"]
        return errors
