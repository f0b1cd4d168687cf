"""Documents are served by text or by hash, as the mode allows, on every transport."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from intersessional.graphql.execution.documents import sha256_of
from intersessional.infra.http.documents import open_persisted_documents
from intersessional.infra.http.trusted_documents import TrustedDocumentsError
from intersessional.infra.settings import Settings
from tests.composed import installed_node
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any
Ask = Callable[..., Awaitable[Json]]

QUERY = "query Head {\n  __typename\n}"
OTHER = "{ __typename headPosition }"


def by_hash(text: str, **more: Json) -> Json:
    """A request that names a document by its hash."""
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256_of(text)}}, **more}


async def by_post(server: Server, requested: Json) -> Json:
    async with await server.client() as client:
        return (await client.http.post(server.url, json=requested)).json()


async def by_link(server: Server, requested: Json) -> Json:
    link = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in requested.items()
    }
    async with await server.client() as client:
        return (await client.http.get(server.url, params=link)).json()


async def by_events(server: Server, requested: Json) -> Json:
    async with await server.client() as client:
        response = await client.http.post(
            server.url, json=requested, headers={"Accept": "text/event-stream"}
        )
    return json.loads(response.text.split("\n")[1].removeprefix("data: "))


async def by_socket(server: Server, requested: Json) -> Json:
    async with server.socket() as socket:
        await socket.send(id="1", type="subscribe", payload=requested)
        message = await socket.receive()
    payload = message["payload"]
    return payload if message["type"] == "next" else {"errors": payload}


WIRES = [by_post, by_link, by_events, by_socket]


def code(answer: Json) -> str:
    (error,) = answer["errors"]
    return str(error["extensions"]["code"])


async def test_open_mode_refuses_persisted_queries(server: Server) -> None:
    for ask in WIRES:
        answer = await ask(server, by_hash(QUERY))
        assert answer["errors"][0]["message"] == "PersistedQueryNotSupported"
        assert code(answer) == "PERSISTED_QUERY_NOT_SUPPORTED"
        sent = await ask(server, by_hash(QUERY, query=QUERY))
        assert sent["data"] == {"__typename": "Query"}


async def test_document_that_was_sent_once_is_found_by_its_hash(database: str) -> None:
    async with serving(database, INTERSESSIONAL_DOCUMENTS_MODE="automatic") as server:
        unknown = await by_post(server, by_hash(QUERY))
        assert unknown["errors"][0]["message"] == "PersistedQueryNotFound"
        assert code(unknown) == "PERSISTED_QUERY_NOT_FOUND"
        await by_post(server, by_hash(QUERY, query=QUERY))

        for ask in WIRES:
            assert (await ask(server, by_hash(QUERY)))["data"] == {"__typename": "Query"}
            assert code(await ask(server, by_hash(OTHER, query=QUERY))) == (
                "PERSISTED_QUERY_HASH_MISMATCH"
            )
        assert code(await by_post(server, by_hash(OTHER))) == "PERSISTED_QUERY_NOT_FOUND"


async def test_only_mode_serves_trusted_documents_alone(database: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "head.graphql").write_text("query Head { __typename }\n")
    settings: dict[str, Any] = {
        "INTERSESSIONAL_DOCUMENTS_MODE": "only",
        "INTERSESSIONAL_DOCUMENTS": str(tmp_path),
    }
    async with serving(database, **settings) as server:
        for ask in WIRES:
            # As the file has it, and as a client prints it; by its hash, and as a text.
            for text in ("query Head { __typename }\n", "query Head { __typename }", QUERY):
                assert (await ask(server, by_hash(text)))["data"] == {"__typename": "Query"}
                assert (await ask(server, {"query": text}))["data"] == {"__typename": "Query"}
            for requested in (by_hash(OTHER), by_hash(OTHER, query=OTHER), {"query": OTHER}):
                assert code(await ask(server, requested)) == "PERSISTED_QUERY_NOT_IN_LIST"


@pytest.mark.parametrize(
    "persisted",
    [7, [], {}, {"version": 2, "sha256Hash": "0"}, {"version": 1}, {"version": 1, "sha256Hash": 1}],
    ids=str,
)
async def test_malformed_persisted_query_is_refused(server: Server, persisted: Json) -> None:
    for ask in WIRES:
        answer = await ask(server, {"query": QUERY, "extensions": {"persistedQuery": persisted}})
        assert code(answer) == "BAD_REQUEST"


@pytest.mark.parametrize("form", ["map", "list"])
async def test_documents_of_a_manifest_are_trusted(tmp_path: Path, form: str) -> None:
    manifest = tmp_path / "documents.json"
    listed: Json = {sha256_of(QUERY): QUERY}
    if form == "list":
        listed = {
            "format": "apollo-persisted-query-manifest",
            "version": 1,
            "operations": [
                {"id": sha256_of(QUERY), "body": QUERY, "name": "Head", "type": "query"}
            ],
        }
    manifest.write_text(json.dumps(listed))

    found = await opened(manifest).find(None, by_hash(QUERY)["extensions"])
    assert found.sha256 == sha256_of(QUERY)


BROKEN = {
    "not there": (None, "cannot be read"),
    "no json": ("{", "is not JSON"),
    "no manifest": ("[]", "is no manifest"),
    "nothing in it": ("{}", "is no manifest"),
    "a list of nothing": ('{"operations": 7}', "is no manifest"),
    "another hash": ('{"0": "{ __typename }"}', "0 is not the SHA-256 of its document"),
    "no text": ('{"0": 1}', "0 is not the SHA-256 of its document"),
    "not valid": (json.dumps({sha256_of("{ a }"): "{ a }"}), "Cannot query field 'a'"),
    "no graphql": (json.dumps({sha256_of("{"): "{"}), "Syntax Error"),
}


@pytest.mark.parametrize(("text", "sentence"), BROKEN.values(), ids=BROKEN.keys())
async def test_invalid_manifest_stops_the_start(
    tmp_path: Path, text: str | None, sentence: str
) -> None:
    manifest = tmp_path / "documents.json"
    if text is not None:
        manifest.write_text(text)

    with pytest.raises(TrustedDocumentsError, match=sentence):
        opened(manifest)


async def test_directory_without_documents_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(QUERY)

    with pytest.raises(
        TrustedDocumentsError, match=r"no file in .* whose name ends with \.graphql"
    ):
        opened(tmp_path)


def opened(documents: Path) -> Any:
    settings = Settings.model_validate(
        {"INTERSESSIONAL_DOCUMENTS_MODE": "only", "INTERSESSIONAL_DOCUMENTS": str(documents)}
    )
    return open_persisted_documents(installed_node().schema, settings, {})
