"""What one socket has asked for and still gets."""

import logging
from collections.abc import Callable

from graphql import GraphQLError, OperationType

from intersessional.concurrency.shielded import run_to_completion
from intersessional.domain.kernel.caller import Caller
from intersessional.graphql.execution.errors import error_body_of
from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.graphql.execution.requests import RequestError
from intersessional.infra.websocket import messages
from intersessional.infra.websocket.messages import SubscribeMessage
from intersessional.infra.websocket.send_buffer import SendBuffer
from intersessional.infra.websocket.server_context import ServerContext
from intersessional.infra.websocket.socket_subscription import SocketSubscription

logger = logging.getLogger(__name__)


class SocketOperations:
    """The operations of a socket, by the ids that the client gave them."""

    def __init__(self, host: ServerContext, outbox: SendBuffer) -> None:
        """None goes on yet."""
        self._host = host
        self._outbox = outbox
        self._leave: dict[str, Callable[[], object]] = {}
        self._watching: dict[str, SocketSubscription] = {}

    def __contains__(self, id: str) -> bool:
        """Whether an operation of this id goes on."""
        return id in self._leave

    def __len__(self) -> int:
        """How many go on."""
        return len(self._leave)

    @property
    def position(self) -> int | None:
        """Up to where everything that is watched here has been written; None when nothing is."""
        return min((watching.position for watching in self._watching.values()), default=None)

    def begin(self, id: str, leave: Callable[[], object]) -> None:
        """An operation goes on under this id; ``leave`` ends it early."""
        self._leave[id] = leave

    def end(self, id: str) -> None:
        """End an operation, if it goes on."""
        leave = self._leave.get(id)
        self._forget(id)
        if leave is not None:
            leave()

    def end_all(self) -> None:
        """End every operation."""
        for id in tuple(self._leave):
            self.end(id)

    async def run(self, asked: SubscribeMessage, caller: Caller) -> None:
        """Execute what was asked for, or begin to watch it; every failure is told to the client."""
        try:
            await self._run(asked, caller)
        except (RequestError, GraphQLError) as error:
            self._fail(asked.id, RequestError.of(error).body)
        except Exception as fault:  # noqa: BLE001  It is logged.
            # The other operations of the socket go on.
            log_and_mask(logger, "an operation on a socket failed", fault)
            self._fail(asked.id, error_body_of(fault))

    async def _run(self, asked: SubscribeMessage, caller: Caller) -> None:
        prepared = self._host.find_document(asked.query, asked.extensions)
        if prepared.errors:
            raise RequestError(*prepared.errors)
        operation = prepared.operation(asked.operation_name)
        if operation.operation is OperationType.SUBSCRIPTION:
            watching = self._watching[asked.id] = SocketSubscription(
                asked.id, self._outbox, self._forget
            )
            seat = await self._host.room.watch(
                prepared, operation, asked.variables, caller, watching
            )
            watching.seat = seat
            if asked.id in self._leave:
                self._leave[asked.id] = seat.leave
            else:
                # What it was handed last was too much for the socket.
                seat.leave()
            return
        context = self._host.room.context.for_operation(caller)
        body = await run_to_completion(
            self._host.execute(prepared, asked.operation_name, asked.variables, context)
        )
        self._forget(asked.id)
        self._outbox.put_all([(messages.next_head(asked.id), body, messages.TAIL)])
        self._outbox.put(messages.complete(asked.id))

    def _fail(self, id: str, errors: bytes) -> None:
        self._forget(id)
        self._outbox.put(messages.error(id, errors))

    def _forget(self, id: str) -> None:
        self._leave.pop(id, None)
        self._watching.pop(id, None)
