"""Relay works unmodified: its compiler accepts our schema, its store agrees with the record."""

import json
from pathlib import Path

import pytest

from tests.clients.clients import HERE, needs_node, node, run
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server

pytestmark = [needs_node, pytest.mark.asyncio(loop_scope="session")]

SCHEMA = HERE.parents[1] / "schema.graphql"
COMPILER = HERE / "node_modules/relay-compiler/cli.js"


async def compile_documents(into: Path) -> Path:
    """Compile the documents with Relay's compiler; returns the directory of its output."""
    artifacts, config = into / "artifacts", into / "relay.config.json"
    artifacts.mkdir()
    config.write_text(
        json.dumps(
            {
                "src": str(HERE / "relay"),
                "schema": str(SCHEMA),
                "language": "javascript",
                "eagerEsModules": False,
                "artifactDirectory": str(artifacts),
            }
        )
    )
    await node(str(COMPILER), str(config))
    return artifacts


async def publish(scenario: ForumScenario, *paragraphs: str) -> str:
    """Publish the draft of a new group; returns its id."""
    done = await scenario.secretariat.do(
        "publishDraft",
        "... on DraftPublished { draft { id } }",
        group=await scenario.establish(),
        title="A draft",
        blocks=[{"text": paragraph} for paragraph in paragraphs],
    )
    return str(done["draft"]["id"])


async def test_relay_store_agrees_with_the_record(
    server: Server, scenario: ForumScenario, tmp_path: Path
) -> None:
    draft, other = await publish(scenario, "One.", "Two."), await publish(scenario, "Uno.", "Due.")
    posted = [await scenario.comment(draft, str(number)) for number in range(1, 6)]

    result = await run(
        "relay.mjs",
        artifacts=str(await compile_documents(tmp_path)),
        url=server.url,
        token=scenario.commenter.token,
        draft=draft,
        other=other,
    )

    first, second = (
        {
            "__typename": "Comment",
            "id": posted[place]["comment"]["id"],
            "body": body,
            "withdrawn": False,
            "author": {"displayName": "Commenter"},
        }
        for place, body in enumerate(["1", "2"])
    )
    assert result["pages"] == [["1", "2"], ["1", "2", "3", "4"], ["1", "2", "3", "4", "5"]]
    assert result["comments"] == {
        "first": first,
        "refetched": first | {"body": None, "withdrawn": True},
        "second": second,
        "afterRefusals": second,
        "withdrawn": second | {"body": None, "withdrawn": True},
    }
    assert result["refusals"] == [
        {"__typename": "BadValue", "field": "body"},
        {"__typename": "StaleVersion", "expected": 9, "actual": 1},
    ]
    assert result["watched"] == [None, None, "3", "4", "5", "6", "7", "8"]
    assert result["paragraphs"] == [["One.", "Two."], ["Uno.", "Due."]]
    assert result["complaints"] == []
