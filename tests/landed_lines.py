"""Files whose lines are final once they have landed: further lines are added, none is removed."""

from collections.abc import Collection
from pathlib import Path


def lines_of(file: Path) -> list[str]:
    """The lines of a file, without its heading."""
    return [line for line in file.read_text().splitlines() if not line.startswith("#")]


def with_landed(landed: Collection[str], now: Collection[str]) -> str:
    """The lines that have landed and those of now, sorted by their first words.

    A line that is lost or has changed stays, so that printing a file anew hides no such fault.
    """
    groups: dict[str, dict[str, None]] = {}
    for line in (*landed, *now):
        groups.setdefault(line.split(" ")[0], {})[line] = None
    return "".join(f"{line}\n" for _, lines in sorted(groups.items()) for line in lines)
