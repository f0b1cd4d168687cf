"""What a socket is served with: everything that all sockets of a node share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from intersessional.graphql.context import Context
from intersessional.infra.execution.documents import Prepared
from intersessional.infra.identity import Identity
from intersessional.infra.live.room import LiveRoom
from intersessional.infra.live.sessions import Sessions
from intersessional.infra.settings import Settings

FindDocument = Callable[[str | None, dict[str, Any]], Prepared]
"""The document of a request, by its text or by its extensions. Raises GraphQLError."""

Execute = Callable[[Prepared, str | None, dict[str, Any], Context], Awaitable[bytes]]
"""Answers a query or a mutation, as a GraphQL response in JSON."""


@dataclass(frozen=True, kw_only=True)
class Host:
    """What sockets are served with."""

    room: LiveRoom
    sessions: Sessions
    identity: Identity
    find_document: FindDocument
    execute: Execute
    settings: Settings
