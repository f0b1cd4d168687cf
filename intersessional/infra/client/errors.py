"""How a conversation with a server can go wrong.

Dropped         the line or the server is gone for now: go on later, after the last position
ServerError   the server does not answer this, now or later
"""

from intersessional.errors import OperatorError


class ConnectionLost(OperatorError):
    """The line is lost, or the server is not there at the moment; the message tells which."""


class ServerError(OperatorError):
    """The server, or whatever is at this address, does not answer this; the message says why."""
