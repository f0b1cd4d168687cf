"""Services that HTTP and WebSocket share to execute GraphQL operations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import OperationType

from intersessional.domain.kernel.caller import ANONYMOUS, Caller
from intersessional.graphql.execution import points
from intersessional.graphql.execution.coerced_operation import CoercedOperation, coerce_operation
from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.execution.operation_executor import execute
from intersessional.graphql.execution.persisted_documents import PersistedDocuments
from intersessional.graphql.execution.requests import RequestError, encode
from intersessional.graphql.query_cache.caching_executor import CachingExecutor
from intersessional.graphql.subscriptions.subscription_hub import SubscriptionHub
from intersessional.infra.auth import Authenticator
from intersessional.infra.connections.authenticated_sessions import AuthenticatedSessions
from intersessional.infra.connections.sender import Sender
from intersessional.infra.rate_limits.request_limits import Account, RequestLimits
from intersessional.infra.settings import Settings
from intersessional.projections.kernel.epochs import PositionInEpoch


@dataclass(frozen=True, kw_only=True)
class GraphQLServices:
    """Documents, execution and authentication for all transports of a node."""

    documents: PersistedDocuments
    queries: CachingExecutor
    hub: SubscriptionHub
    authenticator: Authenticator
    sessions: AuthenticatedSessions
    limits: RequestLimits
    settings: Settings

    async def find_document(
        self, text: str | None, extensions: Mapping[str, Any], account: Account
    ) -> PreparedDocument:
        """The valid document of a request, which waits for its turn where it is new.

        Raises GraphQLError, and RequestError.
        """
        prepared = await self.documents.find(text, extensions, account.charge)
        if prepared.errors:
            raise RequestError(*prepared.errors)
        return prepared

    def coerce(
        self,
        document: PreparedDocument,
        operation_name: str | None,
        variables: Mapping[str, Any],
        caller: Caller,
    ) -> CoercedOperation:
        """The operation of a request, with its coerced variables and its cost.

        Raises RequestError, and BadRequest. Every operation of every transport comes by here.
        """
        return coerce_operation(
            self.hub.schema, document, operation_name, variables, signed_in=caller != ANONYMOUS
        )

    async def execute(self, operation: CoercedOperation, sender: Sender) -> bytes:
        """Execute a query or mutation; return a GraphQL response in JSON.

        Raises TimeoutError, RateLimited, and what the query cache raises.
        """
        account = sender.account
        context = self.hub.context.for_operation(
            sender.caller, charge=account.charge, charge_done=account.charge_done
        )
        if operation.operation.operation is OperationType.QUERY:
            body = await self.queries.execute_query(operation, context)
        else:
            account.charge(points.MUTATION * len(operation.operation.selection_set.selections))
            feed = self.hub.context.feed
            epoch, reached = feed.epochs.present, feed.position
            result = await execute(operation, context)
            # A subscription after the earliest one misses nothing of any of them.
            position = min(context.recorded, default=reached)
            body = encode(result, PositionInEpoch(position, epoch))
        account.charge_done(points.of_answer(len(body)))
        return body
