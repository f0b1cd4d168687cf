"""A WebSocket to a running server that speaks graphql-transport-ws.

Not ``gql``: whether to reconnect depends on HTTP statuses and close codes, which it reports as
causes of general errors only; and it ends at a message type that it does not know.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidMessage,
    InvalidStatus,
)
from websockets.typing import Subprotocol

from intersessional.infra.client.errors import ConnectionLost, RecordLost, ServerError

Message = Mapping[str, Any]

PROTOCOL = Subprotocol("graphql-transport-ws")
MESSAGE_BYTES_MAX = 16 * 1024 * 1024

_SCHEMES = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LASTING_CLOSE_CODES = {4400, 4401, 4403, 4406, 4409}
"""Close codes after which a retry would be refused too."""


def socket_url(url: str) -> str:
    """The WebSocket URL of an API's HTTP URL. Raises ServerError."""
    try:
        parts = urlsplit(url)
        scheme = _SCHEMES[parts.scheme]
        if not parts.hostname or (parts.port or 1) < 1:
            raise ValueError
    except (KeyError, ValueError):
        raise ServerError(
            f"{url} is no server's address, which is written like http://127.0.0.1:8000/graphql."
        ) from None
    path = "/graphql" if parts.path in ("", "/") else parts.path
    return parts._replace(scheme=scheme, path=path, fragment="").geturl()


class ClientSocket:
    """An open WebSocket: call ``initialize``, then ``subscribe``."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def initialize(self) -> Message:
        """Connect anonymously; return the payload of ``connection_ack``. Raises ServerError."""
        await self._send({"type": "connection_init"})
        while True:
            match message := await self._next():
                case {"type": "connection_ack"}:
                    return cast("Message", message.get("payload") or {})
                case {"type": "ping"}:
                    await self._send({"type": "pong"})
                case _:
                    raise ServerError(f"A greeting was answered with {message.get('type')!r}.")

    async def subscribe(self, query: str, variables: Message) -> AsyncGenerator[Message]:
        """Yield the results. Raises RecordLost, ConnectionLost and ServerError."""
        payload = {"query": query, "variables": variables}
        await self._send({"type": "subscribe", "id": "1", "payload": payload})
        while True:
            match await self._next():
                case {"type": "next", "payload": {"errors": errors}}:
                    raise ConnectionLost(_sentence(errors))
                case {"type": "next", "payload": {"data": _} as result}:
                    yield cast("Message", result)
                case {
                    "type": "error",
                    "payload": [{"extensions": {"code": "RECORD_CHANGED", "after": int(after)}}],
                }:
                    raise RecordLost(after)
                case {"type": "error", "payload": errors}:
                    raise ServerError(_sentence(errors))
                case {"type": "complete"}:
                    raise ConnectionLost("The server ended the subscription.")
                case {"type": "ping"}:
                    await self._send({"type": "pong"})
                case _:
                    pass

    async def _send(self, message: Message) -> None:
        await self._connection.send(orjson.dumps(message).decode())

    async def _next(self) -> Message:
        text = await self._connection.recv()
        try:
            message = orjson.loads(text)
        except orjson.JSONDecodeError:
            message = None
        if not isinstance(message, dict):
            raise ServerError("The server sends what is no message of graphql-transport-ws.")
        return cast("Message", message)


@asynccontextmanager
async def open_socket(url: str) -> AsyncGenerator[ClientSocket]:
    """Open a WebSocket to a ws or wss URL. Raises ConnectionLost and ServerError."""
    # A proxy cannot reach a server on this machine.
    proxy: Literal[True] | None = None if urlsplit(url).hostname in _LOOPBACK else True
    try:
        async with connect(
            url,
            subprotocols=[PROTOCOL],
            compression=None,
            max_size=MESSAGE_BYTES_MAX,
            proxy=proxy,
            close_timeout=1,
        ) as connection:
            if connection.subprotocol != PROTOCOL:
                raise ServerError(f"What answers at {url} does not speak {PROTOCOL}.")
            yield ClientSocket(connection)
    except ConnectionClosed as closed:
        raise _closed(closed) from closed
    except InvalidStatus as error:
        raise _status(url, error) from error
    except (InvalidMessage, OSError) as error:
        raise ConnectionLost(f"Nothing answers at {url}: {_reason(error)}.") from error
    except InvalidHandshake as error:
        raise ServerError(f"What answers at {url} takes no socket: {error}.") from error


def _closed(closed: ConnectionClosed) -> Exception:
    if closed.rcvd is None:
        return ConnectionLost("The line broke.")
    code, reason = closed.rcvd.code, closed.rcvd.reason
    message = f"The server closed the socket: {code}{f' {reason}' if reason else ''}."
    return ServerError(message) if code in _LASTING_CLOSE_CODES else ConnectionLost(message)


def _status(url: str, error: InvalidStatus) -> Exception:
    status = error.response.status_code
    message = f"{url} answers {status} {error.response.reason_phrase}."
    return ConnectionLost(message) if status >= 500 or status == 429 else ServerError(message)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or "no answer"


def _sentence(errors: Any) -> str:
    match errors:
        case [{"message": str(message), **rest}, *_]:
            match rest.get("extensions"):
                case {"code": str(code)}:
                    return f"{message} ({code})"
                case _:
                    return message
        case _:
            return "The server gave no reason."
