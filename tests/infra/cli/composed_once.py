"""Servers that do not compose again what was composed in their process."""

from intersessional.infra.cli import serving
from tests.composed import composed_node


def compose_once() -> None:
    """Serve what was composed before: what is composed of the same plugins is the same."""
    serving.compose_node = composed_node  # type: ignore[attr-defined]
