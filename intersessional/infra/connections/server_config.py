"""The configuration of the web server, with what its connections share."""

from typing import Any

import uvicorn
from starlette.types import ASGIApp

from intersessional.infra.connections.open_connections import OpenConnections


class ServerConfig(uvicorn.Config):
    """uvicorn's configuration, which each of its protocols has."""

    def __init__(self, app: ASGIApp, connections: OpenConnections, **options: Any) -> None:
        """``options`` are uvicorn's."""
        super().__init__(app, **options)
        self.connections = connections
