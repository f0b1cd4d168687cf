"""Work on many things in steps."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def steps(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """So many of some items at a time, in their order."""
    return (items[start : start + size] for start in range(0, len(items), size))
