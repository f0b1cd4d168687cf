"""One WebSocket that speaks graphql-transport-ws, from its handshake to its end."""

import asyncio
from contextlib import ExitStack
from typing import Any, ClassVar

from starlette.websockets import WebSocket, WebSocketDisconnect

from intersessional.graphql.execution import points
from intersessional.graphql.subscriptions.retry import is_transient
from intersessional.infra.auth import InvalidToken, IssuerUnavailable, Principal
from intersessional.infra.connections.client_address import limit_key_of
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.places import Place, TooManySessions
from intersessional.infra.connections.sender import Sender
from intersessional.infra.rate_limits.request_limits import RateLimited
from intersessional.infra.websocket import messages
from intersessional.infra.websocket.messages import MalformedMessage, SubscribeMessage
from intersessional.infra.websocket.raw_frames import raw_frames
from intersessional.infra.websocket.send_buffer import AsgiSendBuffer, RawSendBuffer, SendBuffer
from intersessional.infra.websocket.socket_operations import SocketOperations
from intersessional.projections.kernel.epochs import PositionInEpoch

RESTARTING = 1012
TRY_AGAIN_LATER = 1013
TOO_SLOW = 4290
"""Close code for a client that reads too slowly: it reconnects with its last position."""
REASON_BYTES_MAX = 123
"""RFC 6455 §5.5: the payload of a control frame has at most 125 bytes, 2 for the code."""
CLOSE_S = 5.0
"""The time limit of a close frame behind data that the client does not read."""

_TOO_MANY_SUBSCRIPTIONS = (
    b'[{"message":"This socket has as many subscriptions as it allows.",'
    b'"extensions":{"code":"TOO_MANY_SUBSCRIPTIONS"}}]'
)


class GraphQLSocket:
    """Reads the client's messages; subscriptions write to its send buffer."""

    KIND: ClassVar[str] = "websocket"

    def __init__(
        self, websocket: WebSocket, services: GraphQLServices, connections: ClientConnections
    ) -> None:
        """``connections`` owns the socket's tasks."""
        self._raw = raw_frames(websocket.scope)
        self._send_buffer: SendBuffer = (
            AsgiSendBuffer(websocket.send, self._close_too_slow)
            if self._raw is None
            else RawSendBuffer(self._raw, self._close_too_slow)
        )
        self._websocket = websocket
        self._services = services
        self._connections = connections
        self._address = limit_key_of(websocket.scope)
        self._sender = Sender(Principal(), services.limits.account(None, self._address))
        self._session = ExitStack()
        self._operations = SocketOperations(services, self._send_buffer, websocket.scope)
        self._init_received = False
        self._acknowledged = False
        self._closing: asyncio.Task[None] | None = None
        self._init_timer: asyncio.TimerHandle | None = None
        self._lifetime = asyncio.timeout(None)

    async def serve(self, place: Place) -> None:
        """Serve the socket until either side closes it."""
        self._place = place
        await self._websocket.accept(messages.PROTOCOL)
        writer = (
            self._connections.spawn(self._send_buffer.run())
            if isinstance(self._send_buffer, AsgiSendBuffer)
            else None
        )
        self._init_timer = asyncio.get_running_loop().call_later(
            self._services.settings.init_timeout_s,
            self.close,
            4408,
            "Connection initialisation timeout",
        )
        try:
            async with self._lifetime:
                while (event := await self._websocket.receive())["type"] == "websocket.receive":
                    if self._closing is None:
                        await self._handle(event.get("text"))
        except TimeoutError:
            if not self._lifetime.expired():
                raise
        finally:
            self._init_timer.cancel()
            self._session.close()
            self._operations.end_all()
            self._send_buffer.close()
            for task in (writer, self._closing):
                if task is not None:
                    task.cancel()

    @property
    def unsent_bytes(self) -> int:
        """The bytes in the send buffer."""
        return self._send_buffer.unsent_bytes

    def send_heartbeat(self, log_position: PositionInEpoch) -> None:
        """Send a ping with the positions of the log and, where that is known, of this socket."""
        if self._acknowledged:
            payload: dict[str, int | str] = {
                "headPosition": log_position,
                "epoch": log_position.epoch,
            }
            if not self._operations.reads_past_of_another_epoch(log_position.epoch):
                sent = self._operations.position
                payload["sentPosition"] = log_position if sent is None else sent
            self._send_buffer.put(messages.ping(payload))

    def close_for_restart(self, reconnect_ms: int) -> None:
        """Send when to reconnect, and close."""
        if self._acknowledged:
            self._send_buffer.put(messages.ping({"reconnectInMs": reconnect_ms}))
        self.close(RESTARTING, "This server restarts; reconnect.")

    def close(self, code: int, reason: str) -> None:
        """Close from the server's side, once; later messages of the client are ignored."""
        if self._closing is None:
            self._operations.end_all()
            self._send_buffer.close()
            self._closing = self._connections.spawn(self._close(code, reason))

    def make_room(self) -> None:
        """Close because others need the place of a socket without a ``connection_init``."""
        self.close(TRY_AGAIN_LATER, "This server has as many open connections as allowed.")

    async def _close(self, code: int, reason: str) -> None:
        try:
            async with asyncio.timeout(CLOSE_S):
                await self._send_buffer.flush()
                await self._websocket.close(code, _truncated(reason))
        except TimeoutError:
            self._send_buffer.discard()
            self._lifetime.reschedule(0)
        except WebSocketDisconnect:
            return

    def _close_too_slow(self) -> None:
        position = self._operations.position
        reason = "Too slow." if position is None else f"Too slow; continue after {position}."
        self.close(TOO_SLOW, reason)

    async def _handle(self, text: str | None) -> None:
        try:
            message = messages.decode(text)
            match message["type"]:
                case "subscribe":
                    await self._subscribe(messages.read_subscribe(message, len(text or "")))
                case "complete":
                    self._operations.end(messages.read_id(message))
                case "ping":
                    self._send_buffer.put(messages.PONG)
                case "pong":
                    pass
                case "connection_init":
                    await self._init(messages.read_init(message))
                case other:
                    raise MalformedMessage(f"There is no message of type {other[:40]!r}.")
        except MalformedMessage as malformed:
            self.close(4400, str(malformed))

    async def _init(self, payload: dict[str, Any] | None) -> None:
        if self._init_received:
            return self.close(4429, "Too many initialisation requests")
        self._init_received = True
        try:
            self._sender = await self._sign_in(payload)
            position = await self._services.hub.context.for_operation().position()
            epoch = self._services.hub.feed.epochs.present
            if self._closing is None:
                self._session.enter_context(
                    self._services.sessions.register(
                        self._sender.principal, self._place, self._close_forbidden
                    )
                )
                if self._raw is not None and self._sender.caller.person is not None:
                    self._raw.allow_messages(self._services.settings.mutation_bytes_max)
                self._acknowledge(position, epoch)
        except (TooManySessions, RateLimited) as error:
            self.close(TRY_AGAIN_LATER, str(error))
        except IssuerUnavailable as error:
            self.close(TRY_AGAIN_LATER, error.code)
        except InvalidToken as error:
            self._close_forbidden(error)
        except Exception as error:
            if not is_transient(error):
                raise
            self.close(TRY_AGAIN_LATER, "The record cannot be reached at the moment.")
        return None

    async def _sign_in(self, payload: dict[str, Any] | None) -> Sender:
        """The sender of the socket's operations. Raises InvalidToken, and RateLimited."""
        try:
            principal = await self._services.authenticator.authenticate_init(payload)
        except InvalidToken:
            self._sender.account.charge(points.REQUEST)
            raise
        account = self._services.limits.account(principal.caller.person, self._address)
        account.charge(points.REQUEST)
        return Sender(principal, account)

    def _acknowledge(self, position: int, epoch: str) -> None:
        if self._init_timer is not None:
            self._init_timer.cancel()
        self._send_buffer.put(messages.ack({"headPosition": position, "epoch": epoch}))
        self._acknowledged = True

    def _close_forbidden(self, error: InvalidToken) -> None:
        self.close(4403, error.code)

    async def _subscribe(self, message: SubscribeMessage) -> None:
        """Start an operation. The next message is not read before this one is prepared."""
        if not self._acknowledged:
            self.close(4401, "Unauthorized")
        elif message.id in self._operations:
            self.close(4409, f"Subscriber for {message.id} already exists")
        elif len(self._operations) >= self._services.settings.subscriptions_max:
            self._send_buffer.put(messages.error(message.id, _TOO_MANY_SUBSCRIPTIONS))
        else:
            await self._operations.start(message, self._sender, self._connections.spawn)


def _truncated(reason: str) -> str:
    """As much of a reason as a close frame holds."""
    return reason.encode()[:REASON_BYTES_MAX].decode(errors="ignore")
