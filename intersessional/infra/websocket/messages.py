"""Messages of the graphql-transport-ws protocol."""

from dataclasses import dataclass
from typing import Any, cast

import orjson

from intersessional.graphql.request.context import BadRequest
from intersessional.infra.connections.json_error import json_error
from intersessional.infra.connections.json_values import check_values

PROTOCOL = "graphql-transport-ws"
ID_CHARACTERS_MAX = 200

PONG = b'{"type":"pong"}'


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeMessage:
    """An operation to execute, under an id that the client chose."""

    id: str
    query: str | None
    variables: dict[str, Any]
    operation_name: str | None
    extensions: dict[str, Any]
    characters: int = 0
    """The length of the message."""


class MalformedMessage(Exception):
    """The client sent no valid message of the protocol; the text says why."""


def decode(text: str | None) -> dict[str, Any]:
    """Decode a message, which has a type. Raises MalformedMessage."""
    if text is None:
        raise MalformedMessage("A message is text.")
    try:
        check_values(text)
        message = orjson.loads(text)
    except BadRequest as error:
        raise MalformedMessage(error.message) from None
    except orjson.JSONDecodeError as error:
        raise MalformedMessage(f"A message is JSON; {json_error(error)}.") from None
    fields = cast("dict[str, Any]", message) if isinstance(message, dict) else {}
    if not isinstance(fields.get("type"), str):
        raise MalformedMessage("A message is a JSON object with a type.")
    return fields


def read_init(message: dict[str, Any]) -> dict[str, Any] | None:
    """The payload of a connection_init message. Raises MalformedMessage."""
    payload: dict[str, Any] | None = _optional(message, "payload", dict)
    return payload


def read_id(message: dict[str, Any]) -> str:
    """The operation id of a message. Raises MalformedMessage."""
    operation_id = message.get("id")
    if not isinstance(operation_id, str) or not 0 < len(operation_id) <= ID_CHARACTERS_MAX:
        raise MalformedMessage(
            f"An operation has an id, a text of 1 to {ID_CHARACTERS_MAX} characters."
        )
    return operation_id


def read_subscribe(message: dict[str, Any], characters: int = 0) -> SubscribeMessage:
    """The operation of a subscribe message of this length. Raises MalformedMessage."""
    payload = message.get("payload")
    if not isinstance(payload, dict):
        raise MalformedMessage("A subscribe message has a payload, a JSON object.")
    fields = cast("dict[str, Any]", payload)
    return SubscribeMessage(
        id=read_id(message),
        query=_optional(fields, "query", str),
        variables=_optional(fields, "variables", dict) or {},
        operation_name=_optional(fields, "operationName", str) or None,
        extensions=_optional(fields, "extensions", dict) or {},
        characters=characters,
    )


def _optional(payload: dict[str, Any], name: str, kind: type) -> Any:
    value = payload.get(name)
    if value is not None and not isinstance(value, kind):
        raise MalformedMessage(f"{name} is not {'an object' if kind is dict else 'a text'}.")
    return value


NEXT_SUFFIX = b"}"
"""Follows the payload of a next message."""


def next_prefix(operation_id: str) -> bytes:
    """The part of a next message before its payload."""
    return b'{"id":%b,"type":"next","payload":' % orjson.dumps(operation_id)


def error(operation_id: str, errors: bytes) -> bytes:
    """An error message; ``errors`` is a JSON array."""
    return b'{"id":%b,"type":"error","payload":%b}' % (orjson.dumps(operation_id), errors)


def complete(operation_id: str) -> bytes:
    """A complete message."""
    return b'{"id":%b,"type":"complete"}' % orjson.dumps(operation_id)


def ack(payload: dict[str, Any]) -> bytes:
    """A connection_ack message."""
    return b'{"type":"connection_ack","payload":%b}' % orjson.dumps(payload)


def ping(payload: dict[str, Any]) -> bytes:
    """A ping message with a payload."""
    return b'{"type":"ping","payload":%b}' % orjson.dumps(payload)
