"""How a conversation with a server can go wrong.

Dropped         the line or the server is gone for now: go on later, after the last position
ServerRefused   the server does not answer this, now or later
"""

from intersessional.infra.refused import RunRefused


class Dropped(RunRefused):
    """The line is lost, or the server is not there at the moment; the message tells which."""


class ServerRefused(RunRefused):
    """The server, or whatever is at this address, does not answer this; the message says why."""
