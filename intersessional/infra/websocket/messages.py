"""Messages of the graphql-transport-ws protocol, as they are read and written."""

from dataclasses import dataclass
from typing import Any, cast

import orjson

PROTOCOL = "graphql-transport-ws"
ID_MAX = 200

PONG = b'{"type":"pong"}'


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeMessage:
    """What a client asks to be executed under an id of its own."""

    id: str
    query: str | None
    variables: dict[str, Any]
    operation_name: str | None
    extensions: dict[str, Any]


class MalformedMessage(Exception):
    """What came is no message of the protocol; the text says why."""


def read(text: str | None) -> dict[str, Any]:
    """A message, which has a type. Raises MalformedMessage."""
    if text is None:
        raise MalformedMessage("A message is text.")
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise MalformedMessage("A message is valid JSON.") from None
    given = cast("dict[str, Any]", message) if isinstance(message, dict) else {}
    if not isinstance(given.get("type"), str):
        raise MalformedMessage("A message is a JSON object with a type.")
    return given


def read_init(message: dict[str, Any]) -> dict[str, Any] | None:
    """What a client introduces itself with. Raises MalformedMessage."""
    payload: dict[str, Any] | None = _optional(message, "payload", dict)
    return payload


def read_id(message: dict[str, Any]) -> str:
    """Which operation a message is about. Raises MalformedMessage."""
    id = message.get("id")
    if not isinstance(id, str) or not 0 < len(id) <= ID_MAX:
        raise MalformedMessage(f"An operation has an id, a text of 1 to {ID_MAX} characters.")
    return id


def read_subscribe(message: dict[str, Any]) -> SubscribeMessage:
    """What is to be executed. Raises MalformedMessage."""
    payload = message.get("payload")
    if not isinstance(payload, dict):
        raise MalformedMessage("A subscribe message has a payload, a JSON object.")
    given = cast("dict[str, Any]", payload)
    return SubscribeMessage(
        id=read_id(message),
        query=_optional(given, "query", str),
        variables=_optional(given, "variables", dict) or {},
        operation_name=_optional(given, "operationName", str),
        extensions=_optional(given, "extensions", dict) or {},
    )


def _optional(payload: dict[str, Any], name: str, kind: type) -> Any:
    value = payload.get(name)
    if value is not None and not isinstance(value, kind):
        raise MalformedMessage(f"{name} is not {'an object' if kind is dict else 'a text'}.")
    return value


def next_head(id: str) -> bytes:
    """The part of a next message before the payload; TAIL follows it."""
    return b'{"id":%b,"type":"next","payload":' % orjson.dumps(id)


TAIL = b"}"


def error(id: str, errors: bytes) -> bytes:
    """An error message; ``errors`` is a JSON array."""
    return b'{"id":%b,"type":"error","payload":%b}' % (orjson.dumps(id), errors)


def complete(id: str) -> bytes:
    """A complete message."""
    return b'{"id":%b,"type":"complete"}' % orjson.dumps(id)


def ack(payload: dict[str, Any]) -> bytes:
    """A connection_ack message."""
    return b'{"type":"connection_ack","payload":%b}' % orjson.dumps(payload)


def ping(payload: dict[str, Any]) -> bytes:
    """A ping message, which tells something beside asking for a pong."""
    return b'{"type":"ping","payload":%b}' % orjson.dumps(payload)
