"""Aborting an HTTP connection through an extension of the ASGI scope."""

from collections.abc import MutableMapping
from typing import Any

EXTENSION = "intersessional.abort"


def abort(scope: MutableMapping[str, Any]) -> bool:
    """Close the connection at once, unsent data included; False where the server cannot."""
    abort_connection = scope.get("extensions", {}).get(EXTENSION)
    if abort_connection is None:
        return False
    abort_connection()
    return True
