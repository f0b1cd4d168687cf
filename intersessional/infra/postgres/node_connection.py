"""Connections that look up PostgreSQL's own types once in a process, and not each for itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import asyncpg

BUILTIN_OIDS_END = 10_000
"""Types below it have the same number on every server: ``transam.h`` of PostgreSQL."""

_KNOWN: dict[frozenset[int], list[Any]] = {}
"""What a server has answered, by the types that were asked for: arrays of ``uuid`` and others."""


@dataclass(frozen=True, slots=True)
class NoStatement:
    """The statement of a look-up that was not needed."""

    name: str = "none"
    """Not empty: then the driver knows that its own statement stays prepared."""


class NodeConnection(asyncpg.Connection):
    """A connection of a node. A look-up takes a new session 5 ms of CPU, and four statements."""

    __slots__ = ()

    async def _introspect_types(self, typeoids: Iterable[int], *rest: Any, **named: Any) -> Any:
        """What the driver must know of types to send and read them, and its statement."""
        oids = frozenset(typeoids)
        if oids in _KNOWN:
            return _KNOWN[oids], NoStatement()
        driver: Any = super()
        types, statement = await driver._introspect_types(typeoids, *rest, **named)
        if max(oids) < BUILTIN_OIDS_END:
            _KNOWN[oids] = types
        return types, statement
