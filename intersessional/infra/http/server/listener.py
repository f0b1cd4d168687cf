"""Where the server listens, and where it is reached."""

import socket

from intersessional.errors import OperatorError

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Who listens on every address is reached from this machine at one of them."""


class ListenError(OperatorError):
    """The server cannot listen there; the message says why and what to set."""


def listen(host: str, port: int) -> socket.socket:
    """Take the address, or raise ListenError. Who connects now waits until it is served."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, proto)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(2048)
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
    """The API's address, seen from this machine."""
    host, port = listener.getsockname()[:2]
    return url_at(host, port)


def url_at(host: str, port: int) -> str:
    """The API's address at a host and port, seen from this machine."""
    host = _EVERYWHERE.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/graphql"
