"""Errors of the client.

ConnectionLost  transient: reconnect, and continue after the last position
ServerError     lasting: the server refuses the request
RecordLost      the record has lost events: reconnect, and continue after the position given
"""

from intersessional.errors import OperatorError


class ConnectionLost(OperatorError):
    """The connection is lost, or the server is unreachable; the message says which."""


class ServerError(OperatorError):
    """The server refuses, or something else answers at its URL; the message says why."""


class RecordLost(OperatorError):
    """The record of the server has lost what it held after a position."""

    def __init__(self, after: int) -> None:
        """``after`` is the last position that it still has."""
        super().__init__(f"The record has lost what it held after {after}.")
        self.after = after
