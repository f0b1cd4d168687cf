"""The error of the embedded PostgreSQL server."""

from pathlib import Path

from intersessional.errors import OperatorError

LINES_MAX = 20


class EmbeddedPostgresError(OperatorError):
    """The embedded PostgreSQL cannot serve this directory; the message says why and what to do."""


def tail(log: Path) -> str:
    """The last lines of a log file, to end a message with."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "".join(f"\n    {line}" for line in lines[-LINES_MAX:])
