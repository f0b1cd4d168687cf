"""The view of statements on proposals."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.statement.stance import Stance
from intersessional.domain.statement.statement import Statement, author_of
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import CountKey, ListKey, View, stream_of, under

SCOPE_CONCERNS = "SCOPE_CONCERN"
"""The kind of the statements that raise a concern about the scope."""
BY_STANCE = "STANCE"
"""The dimension in which statements are counted by their stances."""


@dataclass(frozen=True)
class StatementDocument:
    """What somebody stated on a revision of a proposal."""

    proposal_id: UUID
    revision: int
    person: UUID | Sealed | None
    name: Sealed | None
    stance: Stance | None
    text: Sealed | None
    raises_scope_concern: bool
    meeting_id: UUID | None
    source: Sealed | None
    made: Occurred
    historical: bool
    """Whether it comes from a source, which may not say everything."""
    withdrawn: Occurred | None = None
    withdrawal_reason: Sealed | None = None


def statements_kind(revision: int) -> str:
    """The kind of the statements on one revision, in a list."""
    return f"REVISION {revision}"


def _evolve(
    statement: StatementDocument | None, recorded: RecordedEvent
) -> StatementDocument | None:
    event = recorded.event
    if isinstance(event, Statement.Withdrawn) and statement is not None:
        return replace(statement, withdrawn=event.act.occurred, withdrawal_reason=event.reason)
    if not isinstance(event, Statement.Recorded):
        return statement
    return StatementDocument(
        proposal_id=event.proposal_id,
        revision=event.revision,
        person=author_of(event),
        name=event.name,
        stance=event.stance,
        text=event.text,
        raises_scope_concern=event.raises_scope_concern,
        meeting_id=event.meeting_id,
        source=event.source,
        made=event.act.occurred,
        historical=event.act.provenance.historical,
    )


def _lists(statement: StatementDocument) -> Collection[ListKey]:
    """The statements on a proposal, on one of its revisions, and those on its scope.

    A concern that was withdrawn is none; the statement stays among the others.
    """
    stands = statement.withdrawn is None
    concerns = (SCOPE_CONCERNS,) if statement.raises_scope_concern and stands else ()
    return under(statement.proposal_id, statements_kind(statement.revision), *concerns)


def _counts(statement: StatementDocument) -> Collection[CountKey]:
    if statement.stance is None or statement.withdrawn is not None:
        return ()
    return [CountKey(statement.proposal_id, BY_STANCE, statement.stance.value)]


STATEMENTS = View(
    name="statements",
    version=2,
    document=StatementDocument,
    keys=stream_of(Statement),
    evolve=_evolve,
    lists=_lists,
    counts=_counts,
)
