"""The view of the co-facilitators that are nominated for proposals."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal_section import CoFacilitator
from intersessional.domain.roster.roster import Roster
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class NominationDocument:
    """A nomination, with who confirmed it and who took its place."""

    id: UUID
    person: CoFacilitator
    act: Act
    confirmed: Occurred | None = None
    source: Sealed | None = None
    """Where it was confirmed, if the Secretariat recorded it."""
    replaced: Occurred | None = None
    replaced_by: UUID | None = None
    reason: Sealed | None = None
    """Why it was replaced."""


@dataclass(frozen=True)
class RosterDocument:
    """The nominations for a proposal, in the order in which they were made."""

    proposal_id: UUID
    nominations: tuple[NominationDocument, ...] = ()


def _evolve(roster: RosterDocument | None, recorded: RecordedEvent) -> RosterDocument | None:
    event = recorded.event
    if isinstance(event, Roster.Begun):
        return RosterDocument(event.proposal_id)
    if roster is None:
        return None
    match event:
        case Roster.Nominated():
            made = NominationDocument(event.nomination_id, event.person, event.act)
            return replace(roster, nominations=(*roster.nominations, made))
        case Roster.Confirmed():
            at, source = event.act.occurred, event.source
            return _changed(
                roster, event.nomination_id, lambda one: replace(one, confirmed=at, source=source)
            )
        case Roster.Replaced():
            at, by, reason = event.act.occurred, event.by, event.reason
            return _changed(
                roster,
                event.nomination_id,
                lambda one: replace(one, replaced=at, replaced_by=by, reason=reason),
            )
        case _:
            return roster


def _changed(
    roster: RosterDocument, id: UUID, change: Callable[[NominationDocument], NominationDocument]
) -> RosterDocument:
    nominations = tuple(change(one) if one.id == id else one for one in roster.nominations)
    return replace(roster, nominations=nominations)


ROSTERS = View(
    name="rosters",
    version=1,
    document=RosterDocument,
    keys=stream_of(Roster),
    evolve=_evolve,
    lists=lambda roster: under(roster.proposal_id),
)
