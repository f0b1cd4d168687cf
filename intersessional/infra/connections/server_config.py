"""The configuration of the web server, with what its connections share."""

from typing import Any

import uvicorn
from starlette.types import ASGIApp

from intersessional.infra.connections.byte_budget import ByteBudget

MESSAGES_BYTES_MAX = 64 * 1024 * 1024
"""Received messages of all sockets that are unfinished, or wait to be handled."""


class ServerConfig(uvicorn.Config):
    """uvicorn's configuration, which each of its protocols has."""

    def __init__(self, app: ASGIApp, **options: Any) -> None:
        """``options`` are uvicorn's."""
        super().__init__(app, **options)
        self.messages = ByteBudget("messages of sockets", MESSAGES_BYTES_MAX)
