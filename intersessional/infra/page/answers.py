"""Answers of the API, as the page gets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from intersessional.graphql.execution.coerced_operation import CoercedOperation
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
        """What comes before the position at which it was read."""
        return self.body.rpartition(_EXTENSIONS)[0] or self.body

    @property
    def position(self) -> int | None:
        """The position at which it was read."""
        return self._extensions.get("position")

    @property
    def epoch(self) -> str | None:
        """The epoch of the position."""
        return self._extensions.get("epoch")

    @property
    def _extensions(self) -> Mapping[str, Any]:
        extensions: dict[str, Any] = orjson.loads(self.body).get("extensions", {})
        return extensions


NO_ANSWER = ScreenAnswer(b'{"data":{}}')
"""What a screen shows that asks nothing."""


async def coerced(
    services: GraphQLServices,
    document: PageDocument,
    variables: Mapping[str, Any],
    sender: Sender,
) -> CoercedOperation:
    """A document of the page with its variables, found and coerced as those of every request.

    Raises what the API raises.
    """
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": document.sha256}}
    prepared = await services.find_document(None, persisted, sender.account)
    return services.coerce(prepared, None, variables, sender.caller)


async def ask(
    services: GraphQLServices, operation: CoercedOperation, sender: Sender
) -> ScreenAnswer:
    """The answer to a query. Raises ScreenError for an answer with errors."""
    body = await services.execute(operation, sender)
    if body.startswith(b'{"errors"'):
        error = orjson.loads(body)["errors"][0]
        raise ScreenError.of_code(error["extensions"]["code"], error["message"])
    return ScreenAnswer(body)
