"""Connections to the first server of an address that names several."""

from typing import Any
from urllib.parse import urlsplit

import asyncpg

from intersessional.infra.postgres.node_connection import NodeConnection

HOST_TIMEOUT_S = 3.0
"""How long one server of several may take: the driver would wait for the first one alone."""


async def connect_to_any(dsn: str | None = None, **settings: Any) -> asyncpg.Connection:
    """Connect to the first server that answers and that fits ``target_session_attrs``.

    ``settings`` are those of ``asyncpg.connect``. Raises the error of the last server.
    """
    settings = {"connection_class": NodeConnection, **settings}
    urls = _single_hosts(dsn or "")
    for url in urls[:-1]:
        try:
            return await asyncpg.connect(url, **_at_once(settings))
        except (
            OSError,
            TimeoutError,
            asyncpg.CannotConnectNowError,
            asyncpg.TargetServerAttributeNotMatched,
        ):
            continue
    return await asyncpg.connect(urls[-1], **(settings if len(urls) == 1 else _at_once(settings)))


def _single_hosts(dsn: str) -> list[str]:
    """The same address with each of its hosts alone."""
    parts = urlsplit(dsn)
    login, at, hosts = parts.netloc.rpartition("@")
    if "," not in hosts:
        return [dsn]
    return [parts._replace(netloc=f"{login}{at}{host}").geturl() for host in hosts.split(",")]


def _at_once(settings: dict[str, Any]) -> dict[str, Any]:
    return settings | {"timeout": min(HOST_TIMEOUT_S, settings.get("timeout") or HOST_TIMEOUT_S)}
