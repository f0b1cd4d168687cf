"""Cutting a connection off, with what its reader never takes, where the server lends the way."""

from collections.abc import MutableMapping
from typing import Any

EXTENSION = "intersessional.cut"


def abort(scope: MutableMapping[str, Any]) -> bool:
    """Cut the connection of a request; False where nobody can."""
    abort = scope.get("extensions", {}).get(EXTENSION)
    if abort is None:
        return False
    abort()
    return True
