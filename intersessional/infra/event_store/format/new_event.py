"""New events: encoded, not yet in the log."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.question import QuestionKey
from intersessional.infra.event_store.format.canonical_json import INTEGER_MAX
from intersessional.infra.event_store.format.opening import Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to append: the next version of its stream, its state in canonical JSON."""

    stream: UUID
    version: int
    topic: str
    state: bytes
    openings: tuple[Opening, ...] = ()
    held_texts: bool = False
    """Whether the event itself, from which this was encoded, holds texts in clear."""
    closes: tuple[bytes, ...] = ()
    """The commitments of the texts that nobody may read from then on."""
    concerns: tuple[QuestionKey, ...] = ()
    """The questions whose answers it may change."""

    def __post_init__(self) -> None:
        if not 0 <= self.version <= INTEGER_MAX:
            raise ValueError(f"{self.version} is not a version")
        if not self.topic or not self.topic.isascii() or not self.topic.isprintable():
            raise ValueError(f"{self.topic!r} is not a topic: a topic is printable ASCII")
