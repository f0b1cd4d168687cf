"""Answers of the API, as the page gets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.sender import Sender
from intersessional.infra.page.documents import PageDocument
from intersessional.infra.page.errors import ScreenError

_EXTENSIONS = b',"extensions":{"position":'


@dataclass(frozen=True, slots=True)
class ScreenAnswer:
    """The answer to a query, without errors."""

    body: bytes
    """A GraphQL response in JSON; its extensions come last."""

    @property
    def data(self) -> dict[str, Any]:
        """The data."""
        data: dict[str, Any] = orjson.loads(self.body)["data"]
        return data

    @property
    def data_bytes(self) -> bytes:
        """The data in JSON, without the position at which it was read."""
        return self.body.rpartition(_EXTENSIONS)[0]

    @property
    def position(self) -> int:
        """The position at which it was read."""
        return int(self._extensions["position"])

    @property
    def epoch(self) -> str:
        """The epoch of the position."""
        return str(self._extensions["epoch"])

    @property
    def _extensions(self) -> Mapping[str, Any]:
        tail = self.body.rpartition(_EXTENSIONS)[2]
        extensions: dict[str, Any] = orjson.loads(b'{"position":' + tail[:-1])
        return extensions


async def ask(
    services: GraphQLServices,
    document: PageDocument,
    variables: Mapping[str, Any],
    sender: Sender,
) -> ScreenAnswer:
    """The answer to a document of the page, by the way of every request.

    Raises ScreenError for an answer with errors, and what the API raises.
    """
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": document.sha256}}
    prepared = await services.find_document(None, persisted, sender.account)
    operation = services.coerce(prepared, None, variables, sender.caller)
    body = await services.execute(operation, sender)
    if body.startswith(b'{"errors"'):
        error = orjson.loads(body)["errors"][0]
        raise ScreenError.of_code(error["extensions"]["code"], error["message"])
    return ScreenAnswer(body)
