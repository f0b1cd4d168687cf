"""What a socket is served with: everything that all sockets of a node share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.request.context import Context
from intersessional.graphql.subscriptions.subscription_hub import SubscriptionHub
from intersessional.infra.auth import Authenticator
from intersessional.infra.connections.authenticated_sessions import AuthenticatedSessions
from intersessional.infra.settings import Settings

FindDocument = Callable[[str | None, dict[str, Any]], PreparedDocument]
"""The document of a request, by its text or by its extensions. Raises GraphQLError."""

Execute = Callable[[PreparedDocument, str | None, dict[str, Any], Context], Awaitable[bytes]]
"""Answers a query or a mutation, as a GraphQL response in JSON."""


@dataclass(frozen=True, kw_only=True)
class ServerContext:
    """What sockets are served with."""

    room: SubscriptionHub
    sessions: AuthenticatedSessions
    authenticator: Authenticator
    find_document: FindDocument
    execute: Execute
    settings: Settings
