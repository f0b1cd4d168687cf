"""Why the embedded PostgreSQL did not start."""

from pathlib import Path

from intersessional.errors import OperatorError

LINES_MAX = 20


class EmbeddedPostgresError(OperatorError):
    """The embedded PostgreSQL cannot serve this directory; the message says why and what to do."""


def tail(log: Path) -> str:
    """The last lines of a log, as the end of a message."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "".join(f"\n    {line}" for line in lines[-LINES_MAX:])
