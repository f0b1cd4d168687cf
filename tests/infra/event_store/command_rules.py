"""The rules by which commands evolve (ADR 0019): their digests stay the same."""

from collections.abc import Sequence


def faults(landed: Sequence[str], now: Sequence[str]) -> list[str]:
    """The lines that were changed or removed, and the fields that were added and are required."""
    fields = {"command", *(line.split(":")[0] for line in landed)}
    return [line for line in landed if line not in now] + [
        line
        for line in now
        if line not in landed and line.endswith(", required") and parent(line) in fields
    ]


def parent(line: str) -> str:
    """The field that the field of a line belongs to; the topic for a field of a command."""
    topic, path = line.split(":")[0].split(" ")
    return f"{topic} {path.rpartition('.')[0]}".rstrip().removesuffix("[]")
