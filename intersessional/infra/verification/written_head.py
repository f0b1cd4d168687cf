"""Heads that are written down: what a backup is checked against later."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from intersessional.domain.kernel.occurred import rfc3339
from intersessional.errors import OperatorError
from intersessional.infra.event_store.format.merkle import Frontier
from intersessional.infra.event_store.log_head import LogHead


class UnreadableHead(OperatorError):
    """A line holds no head that ``intersessional head`` has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenHead:
    """A head of the log as one line of JSON.

    The frontier are the roots of the complete subtrees over the first ``position`` events (RFC 6962
    §2.1), largest first: each of them can be compared alone.
    """

    position: int
    recorded_at: datetime | None
    frontier: tuple[bytes, ...]
    epoch: str | None = None
    """The epoch of the log when it was written, for those who read the line."""

    @classmethod
    def of(cls, head: LogHead, epoch: str | None) -> Self:
        """The head of a log in an epoch."""
        return cls(
            position=head.position,
            recorded_at=head.recorded_at,
            frontier=head.frontier,
            epoch=epoch,
        )

    @property
    def root(self) -> bytes:
        """The root of the Merkle tree over all events."""
        return Frontier(self.position, self.frontier).root()

    @property
    def subtree_ends(self) -> tuple[int, ...]:
        """The position at which each subtree of the frontier ends."""
        bits = (1 << n for n in reversed(range(self.position.bit_length())))
        sizes = [bit for bit in bits if self.position & bit]
        return tuple(sum(sizes[: n + 1]) for n in range(len(sizes)))

    def line(self) -> str:
        """The line without its end."""
        written = {
            "position": self.position,
            "recordedAt": None if self.recorded_at is None else rfc3339(self.recorded_at),
            "epoch": self.epoch,
            "root": self.root.hex(),
            "frontier": [one.hex() for one in self.frontier],
        }
        return json.dumps(written, separators=(",", ":"))

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read a line. Raises ValueError, KeyError or TypeError for another one."""
        written: dict[str, Any] = json.loads(line)
        recorded_at = written["recordedAt"]
        head = cls(
            position=int(written["position"]),
            recorded_at=None if recorded_at is None else datetime.fromisoformat(recorded_at),
            frontier=tuple(bytes.fromhex(one) for one in written["frontier"]),
            epoch=written.get("epoch"),
        )
        if head.root.hex() != written["root"]:
            raise ValueError("the root is not that of the frontier")
        return head


def read_heads(file: Path) -> list[WrittenHead]:
    """The heads in a file, one a line, in order of position. Raises UnreadableHead."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableHead(f"{file} cannot be read: {error}.") from error
    heads: list[WrittenHead] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            heads.append(WrittenHead.parse(line))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableHead(
                f"Line {number} of {file} is no head as `intersessional head` prints it: {error}."
            ) from error
    if not heads:
        raise UnreadableHead(f"{file} holds no head.")
    return sorted(heads, key=lambda head: head.position)
