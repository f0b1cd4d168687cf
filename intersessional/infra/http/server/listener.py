"""The listening socket, and its URL."""

import socket

from intersessional.errors import OperatorError

_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""A server that listens on all addresses is reached at the loopback address."""

BACKLOG = 2048
"""Connections that wait until the server accepts them."""

KERNEL_UNSENT_BYTES = 128 * 1024
"""The most bytes of a connection that the kernel holds before they can be sent to the client.

It holds some megabytes of each by itself, which count nowhere and end never; more than one window
is sent without them (``TCP_NOTSENT_LOWAT``).
"""


class ListenError(OperatorError):
    """The server cannot listen on its address; the message says why and what to set."""


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address; connections wait until they are served. Raises ListenError."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, proto)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            # Accepted connections have it from the listener.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, KERNEL_UNSENT_BYTES)
            listener.bind(address)
            listener.listen(BACKLOG)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise ListenError(
            f"Cannot listen on port {port} of {host}: {error.strerror}."
            " Set PORT to another one (0 takes any that is free), or INTERSESSIONAL_HOST."
        ) from error
    return listener


def url_of(listener: socket.socket) -> str:
    """The URL of the API on this machine."""
    host, port = listener.getsockname()[:2]
    return url_at(host, port)


def url_at(host: str, port: int) -> str:
    """The URL of the API at a host and port, on this machine."""
    host = _WILDCARDS.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/graphql"
