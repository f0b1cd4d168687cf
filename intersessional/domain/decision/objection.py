"""Objections to a decision that is proposed (DOMAIN row 48)."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.kernel.act import Act


@dataclass(frozen=True)
class Objection:
    """An objection: of one participant, of one person by name, or of a number of people."""

    id: UUID
    person: UUID | None
    number: int
    act: Act
    """The act that made it."""
