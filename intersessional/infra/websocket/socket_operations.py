"""The running operations of one WebSocket."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Generator, MutableMapping
from contextlib import contextmanager
from typing import Any

from graphql import GraphQLError, OperationType

from intersessional.concurrency.shielded import run_to_completion
from intersessional.graphql.execution import points
from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.graphql.execution.errors import error_body_of
from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.subscriptions.sink_membership import SinkMembership
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.sender import Sender
from intersessional.infra.connections.subscribers import subscriber_of
from intersessional.infra.websocket import messages
from intersessional.infra.websocket.messages import SubscribeMessage
from intersessional.infra.websocket.send_buffer import SendBuffer
from intersessional.infra.websocket.socket_subscription import SocketSubscription

logger = logging.getLogger(__name__)

EXECUTIONS_MAX = 8
"""Queries and mutations of one socket that are executed at the same time."""

Spawn = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]
"""Starts a task of the socket."""


class SocketOperations:
    """Runs the operations of a WebSocket, by the ids that the client chose."""

    def __init__(
        self,
        services: GraphQLServices,
        send_buffer: SendBuffer,
        scope: MutableMapping[str, Any],
    ) -> None:
        self._scope = scope
        self._services = services
        self._send_buffer = send_buffer
        self._executions = asyncio.Semaphore(EXECUTIONS_MAX)
        self._ended = False
        self._cancel: dict[str, Callable[[], object]] = {}
        self._subscriptions: dict[str, SocketSubscription] = {}
        self._memberships: dict[str, SinkMembership] = {}

    def __contains__(self, operation_id: str) -> bool:
        """Whether an operation with this id is running."""
        return operation_id in self._cancel

    def __len__(self) -> int:
        """The number of running operations."""
        return len(self._cancel)

    @property
    def position(self) -> int | None:
        """Every payload up to here was written, for all subscriptions; None without any."""
        return min(map(self._position, self._subscriptions), default=None)

    def reads_past_of_another_epoch(self, epoch: str) -> bool:
        """Whether a subscription that began in another epoch may have written what is lost."""
        reading = self._subscriptions.keys() - self._memberships.keys()
        return any(self._subscriptions[one].epoch not in (None, epoch) for one in reading)

    def end(self, operation_id: str) -> None:
        """End an operation, if it is running."""
        cancel = self._cancel.get(operation_id)
        self._remove(operation_id)
        if cancel is not None:
            cancel()

    def end_all(self) -> None:
        """End every operation, and start no further ones."""
        self._ended = True
        for operation_id in tuple(self._cancel):
            self.end(operation_id)

    async def start(self, message: SubscribeMessage, sender: Sender, spawn: Spawn) -> None:
        """Prepare an operation, and run it in a task; errors are sent to the client.

        Waits while as many queries and mutations as allowed are executed.
        """
        with self._reporting(message.id):
            sender.account.charge(points.REQUEST + points.of_bytes(message.characters))
            prepared = await self._services.find_document(
                message.query, message.extensions, sender.account
            )
            kind = prepared.operation(message.operation_name).operation
            if kind is not OperationType.MUTATION:
                self._check_size(message)
            operation = self._services.coerce(
                prepared, message.operation_name, message.variables, sender.caller
            )
            is_executed = kind is not OperationType.SUBSCRIPTION
            if is_executed:
                # In a queue, the large mutations of a socket would hold a lot of memory.
                await self._executions.acquire()
            if not self._ended:
                if not is_executed:
                    # From here on a heartbeat names no position that it has not sent: the client
                    # may take the answer to its next message for the beginning.
                    self._subscriptions[message.id] = SocketSubscription(
                        message.id, self._send_buffer, self._remove
                    )
                task = spawn(self._run(message, operation, sender))
                self._cancel[message.id] = task.cancel
                if is_executed:
                    task.add_done_callback(lambda _: self._executions.release())

    async def _run(
        self, message: SubscribeMessage, operation: CoercedOperation, sender: Sender
    ) -> None:
        with self._reporting(message.id):
            if operation.operation.operation is OperationType.SUBSCRIPTION:
                await self._subscribe(message, operation, sender)
            else:
                await self._execute(message, operation, sender)

    @contextmanager
    def _reporting(self, operation_id: str) -> Generator[None]:
        """Send an error to the client; the other operations of the socket go on."""
        try:
            yield
        except (RequestError, GraphQLError) as error:
            self._fail(operation_id, RequestError.from_error(error).body)
        except Exception as error:  # noqa: BLE001  It is logged.
            log_and_mask(logger, "an operation on a socket failed", error)
            self._fail(operation_id, error_body_of(error))

    def _check_size(self, message: SubscribeMessage) -> None:
        """Refuse what only a mutation may have: queries and their variables are cached."""
        characters_max = self._services.settings.body_bytes_max
        if message.characters > characters_max:
            raise BadRequest("BODY_TOO_LARGE", f"A request has at most {characters_max} bytes.")

    async def _subscribe(
        self, message: SubscribeMessage, operation: CoercedOperation, sender: Sender
    ) -> None:
        sink = self._subscriptions[message.id]
        subscriber = subscriber_of(self._scope, sender, self)
        membership = await self._services.hub.subscribe(
            operation,
            sender.caller,
            sink,
            subscriber=subscriber,
        )
        if message.id in self._cancel:
            self._memberships[message.id] = membership
            self._cancel[message.id] = membership.leave
        else:
            # The last payloads before this moment were too large for the send buffer.
            membership.leave()

    async def _execute(
        self, message: SubscribeMessage, operation: CoercedOperation, sender: Sender
    ) -> None:
        body = await run_to_completion(self._services.execute(operation, sender))
        self._remove(message.id)
        self._send_buffer.put_all([(messages.next_prefix(message.id), body, messages.NEXT_SUFFIX)])
        self._send_buffer.put(messages.complete(message.id))

    def _position(self, operation_id: str) -> int:
        position = self._subscriptions[operation_id].position
        membership = self._memberships.get(operation_id)
        return position if membership is None else max(position, membership.position)

    def _fail(self, operation_id: str, errors: bytes) -> None:
        self._remove(operation_id)
        self._send_buffer.put(messages.error(operation_id, errors))

    def _remove(self, operation_id: str) -> None:
        self._cancel.pop(operation_id, None)
        self._subscriptions.pop(operation_id, None)
        self._memberships.pop(operation_id, None)
