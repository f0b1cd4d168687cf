"""A statement on a revision of a proposal."""

from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable, Sealed
from intersessional.domain.kernel.texts import validated_optional_name, validated_optional_text
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.statement.refusals import RevisionNotThere, StatementIsWithdrawn
from intersessional.domain.statement.stance import Stance


class Statement(Aggregate):
    """What somebody stated in the deliberation on a proposal."""

    TOPIC = "statement"

    cycle_id: UUID
    proposal_id: UUID
    person: Sealed | None
    author: UUID | Sealed | None = None
    """The id of who stated it; None for a name, and where no source names anybody."""
    withdrawn: bool = False

    class Recorded(CreatedEvent):
        """Somebody took a stance on a revision of a proposal."""

        TOPIC = "statement.recorded.v1"
        cycle_id: UUID
        proposal_id: UUID
        revision: int
        person: Erasable | None
        name: Erasable | None
        stance: Stance | None
        text: Erasable | None
        raises_scope_concern: bool
        meeting_id: UUID | None
        source: Erasable | None

        def apply(self, aggregate: "Statement") -> None:
            aggregate.author = author_of(self)

    class Withdrawn(Aggregate.Event):
        """Whoever made the statement took it back; what it said stays on record."""

        TOPIC = "statement.withdrawn.v1"
        cycle_id: UUID
        proposal_id: UUID
        reason: Erasable | None

        def apply(self, aggregate: "Statement") -> None:
            aggregate.withdrawn = True

    @classmethod
    def make(
        cls,
        act: Act,
        *,
        id: UUID,
        proposal: Proposal,
        revision: int,
        stance: Stance | None = None,
        text: str | None = None,
        raises_scope_concern: bool = False,
        author: Participant | None = None,
        author_name: str | None = None,
        meeting_id: UUID | None = None,
        source: str | None = None,
    ) -> Self:
        """State something on a revision that the proposal has by then (DOMAIN row 11).

        The author of what a source tells is named, their id sealed so that it can be erased; the
        author of any other is in the act. Raises RevisionNotThere, BadValue.
        """
        past = proposal.at(act.occurred)
        first = min(1, past.revision)
        if not first <= revision <= past.revision:
            raise RevisionNotThere(
                proposal=proposal.id, revision=revision, first=first, last=past.revision
            )
        if text is None and not act.provenance.historical:
            raise BadValue(field="text", problem="only what a source tells may lack its text.")
        return cls.create(
            cls.Recorded,
            id=id,
            act=act,
            cycle_id=proposal.cycle_id,
            proposal_id=proposal.id,
            revision=revision,
            person=None if author is None else Sealed(str(author.id)),
            name=validated_optional_name("author_name", author_name),
            stance=stance,
            text=validated_optional_text("text", text),
            raises_scope_concern=raises_scope_concern,
            meeting_id=meeting_id,
            source=validated_optional_text("source", source),
        )

    def withdraw(self, act: Act, *, reason: str | None = None) -> None:
        """Take it back, once (DOMAIN row 11). Raises StatementIsWithdrawn, BadValue."""
        if self.withdrawn:
            raise StatementIsWithdrawn(statement=self.id)
        self.record(
            Statement.Withdrawn,
            act=act,
            cycle_id=self.cycle_id,
            proposal_id=self.proposal_id,
            reason=validated_optional_text("reason", reason),
        )


def author_of(stated: Statement.Recorded) -> UUID | Sealed | None:
    """The id of the author; None for a name, and where no source names anybody."""
    own = stated.act.actor.role in (Role.MAG_MEMBER, Role.MAG_CHAIR)
    return stated.act.actor.person if own else stated.person
