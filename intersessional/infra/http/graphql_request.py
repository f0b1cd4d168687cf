"""The parameters of a GraphQL request over HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self, cast

import orjson

from intersessional.graphql.request.context import BadRequest
from intersessional.infra.connections.json_error import json_error
from intersessional.infra.connections.json_values import check_values

_PARAMETERS = {"query", "operationName", "variables", "extensions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLRequest:
    """A GraphQL request: its document as a text, or as a hash in the extensions."""

    query: str | None
    operation_name: str | None
    variables: dict[str, Any]
    extensions: dict[str, Any]

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        """Parse the body of a POST. Raises BadRequest."""
        check_values(body)
        try:
            return cls.from_json(orjson.loads(body))
        except orjson.JSONDecodeError as error:
            message = f"The body of a request is JSON, in UTF-8; {json_error(error)}."
            raise BadRequest("BAD_JSON", message) from None

    @classmethod
    def from_url(cls, parameters: Iterable[tuple[str, str]]) -> Self:
        """Parse the parameters of a GET; an empty one counts as absent. Raises BadRequest."""
        texts: dict[str, str] = {}
        for name, text in parameters:
            if name in texts and name in _PARAMETERS:
                # Programs differ in which one they read: a proxy could check the other one.
                raise BadRequest("BAD_REQUEST", f"The parameter {name} appears twice.")
            texts[name] = text
        fields: dict[str, Any] = {name: text for name, text in texts.items() if text}
        for name in ("variables", "extensions"):
            try:
                fields[name] = orjson.loads(fields.get(name, "null"))
            except orjson.JSONDecodeError as error:
                message = f"The parameter {name} is JSON; {json_error(error)}."
                raise BadRequest("BAD_JSON", message) from None
        return cls.from_json(fields)

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Parse the JSON value of a request. Raises BadRequest."""
        if isinstance(value, list):
            raise BadRequest("BATCH_REFUSED", "Send one request at a time: batches are not served.")
        if not isinstance(value, dict):
            raise BadRequest("BAD_REQUEST", "A request is a JSON object.")
        fields = cast("dict[str, Any]", value)
        query = _optional(fields, "query", str)
        extensions: dict[str, Any] = _optional(fields, "extensions", dict) or {}
        if query is None and extensions.get("persistedQuery") is None:
            raise BadRequest("BAD_REQUEST", "A request has a query, a text in GraphQL.")
        return cls(
            query=query,
            operation_name=_optional(fields, "operationName", str) or None,
            variables=_optional(fields, "variables", dict) or {},
            extensions=extensions,
        )


def _optional(fields: dict[str, Any], name: str, kind: type) -> Any:
    value = fields.get(name)
    if value is not None and not isinstance(value, kind):
        raise BadRequest("BAD_REQUEST", f"{name} is {'an object' if kind is dict else 'a text'}.")
    return value
