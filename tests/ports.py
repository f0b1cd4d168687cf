"""Ports that a server can take again after it was away."""

import atexit
import socket


def claimed_port() -> socket.socket:
    """A port that nobody else is given until this is closed."""
    # It is bound and never listened at: the system gives it to nobody who asks for any port, and
    # lets a server listen at it that may use an address again, as servers do.
    claim = socket.socket()
    claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    claim.bind(("127.0.0.1", 0))
    return claim


def free_port() -> int:
    """A port that nobody else is given until this process ends."""
    claim = claimed_port()
    atexit.register(claim.close)
    return int(claim.getsockname()[1])
