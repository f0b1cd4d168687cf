"""Errors of the client.

ConnectionLost  transient: reconnect, and continue after the last position
ServerError     lasting: the server refuses the request
"""

from intersessional.errors import OperatorError


class ConnectionLost(OperatorError):
    """The connection is lost, or the server is unreachable; the message says which."""


class ServerError(OperatorError):
    """The server refuses, or something else answers at its URL; the message says why."""
