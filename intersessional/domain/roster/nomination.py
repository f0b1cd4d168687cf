"""Nominations of co-facilitators, and who of all that are named stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.proposal.proposal_section import CoFacilitator

NOMINATIONS_MAX = 20
"""Nominations for one proposal, with those that were replaced."""


@dataclass(frozen=True)
class Nomination:
    """Somebody nominated to lead the group's work, with what became of it."""

    id: UUID
    person: CoFacilitator
    act: Act
    """The act that nominated them."""
    confirmed: Occurred | None = None
    replaced: Occurred | None = None
    replaced_by: UUID | None = None
    """The nomination that took its place."""


class Nominated(Protocol):
    """A nomination, as far as who is nominated and whether another one took its place."""

    @property
    def person(self) -> CoFacilitator:
        """Who is nominated."""
        ...

    @property
    def replaced(self) -> Occurred | None:
        """When another one took its place; None while it stands."""
        ...


def standing_in_writing(
    named: Sequence[CoFacilitator], written: Occurred, nominations: Sequence[Nominated]
) -> Sequence[CoFacilitator]:
    """Those named in a revision of that time who have no nomination of their own, and whose
    nomination was not replaced since.
    """
    since = written.effect
    others = {
        one.person.participant_id
        for one in nominations
        if one.replaced is None or one.replaced.effect >= since
    } - {None}
    return [one for one in named if one.participant_id not in others]
