"""The roster of a proposal: nominations of co-facilitators beside its text."""

from collections.abc import Callable
from dataclasses import replace
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import roster_id
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.kernel.sealed import Erasable
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import CoFacilitator
from intersessional.domain.roster.nomination import NOMINATIONS_MAX, Nomination
from intersessional.domain.roster.refusals import NotNominated


class Roster(Aggregate):
    """The co-facilitators that are nominated for a proposal."""

    TOPIC = "roster"

    cycle_id: UUID
    proposal_id: UUID
    nominations: tuple[Nomination, ...] = ()

    class Begun(CreatedEvent):
        """Co-facilitators of the proposal are nominated beside its text from then on."""

        TOPIC = "roster.begun.v1"
        cycle_id: UUID
        proposal_id: UUID

    class Nominated(Aggregate.Event):
        """Somebody was nominated to lead the group's work."""

        TOPIC = "roster.nominated.v1"
        cycle_id: UUID
        proposal_id: UUID
        nomination_id: UUID
        person: CoFacilitator

        def apply(self, aggregate: "Roster") -> None:
            nomination = Nomination(self.nomination_id, self.person, self.act)
            aggregate.nominations = (*aggregate.nominations, nomination)

    class Confirmed(Aggregate.Event):
        """Somebody who is nominated confirmed it, or a source tells that they did."""

        TOPIC = "roster.confirmed.v1"
        cycle_id: UUID
        proposal_id: UUID
        nomination_id: UUID
        source: Erasable | None

        def apply(self, aggregate: "Roster") -> None:
            at = self.act.occurred
            aggregate.change(self.nomination_id, lambda one: replace(one, confirmed=at))

    class Replaced(Aggregate.Event):
        """Another one was nominated in the place of somebody who was nominated."""

        TOPIC = "roster.replaced.v1"
        cycle_id: UUID
        proposal_id: UUID
        nomination_id: UUID
        by: UUID
        reason: Erasable | None

        def apply(self, aggregate: "Roster") -> None:
            at = self.act.occurred
            aggregate.change(
                self.nomination_id, lambda one: replace(one, replaced=at, replaced_by=self.by)
            )

    @classmethod
    def begin(cls, act: Act, proposal: Proposal) -> Self:
        """Begin the roster of a proposal."""
        return cls.create(
            cls.Begun,
            id=roster_id(proposal.id),
            act=act,
            cycle_id=proposal.cycle_id,
            proposal_id=proposal.id,
        )

    def nominate(self, act: Act, id: UUID, person: CoFacilitator) -> None:
        """Nominate somebody who has no standing nomination. Raises LimitReached, BadValue."""
        if len(self.nominations) >= NOMINATIONS_MAX:
            raise LimitReached(kind="nominations for a proposal", most=NOMINATIONS_MAX)
        participant = person.participant_id
        if participant is not None and any(
            one.person.participant_id == participant and one.replaced is None
            for one in self.nominations
        ):
            raise BadValue(field="person.participant", problem="they are nominated already.")
        self.record(
            Roster.Nominated,
            act=act,
            cycle_id=self.cycle_id,
            proposal_id=self.proposal_id,
            nomination_id=id,
            person=person,
        )

    def confirm(self, act: Act, id: UUID, source: str | None) -> None:
        """Confirm a standing nomination, once. Raises NotNominated, AlreadyRecorded, BadValue."""
        if self.standing(id).confirmed is not None:
            raise AlreadyRecorded(kind="confirmation", id=id)
        self.record(
            Roster.Confirmed,
            act=act,
            cycle_id=self.cycle_id,
            proposal_id=self.proposal_id,
            nomination_id=id,
            source=validated_optional_text("source", source),
        )

    def replace(self, act: Act, id: UUID, *, by: UUID, reason: str | None) -> None:
        """Put another nomination in the place of a standing one. Raises NotNominated, BadValue."""
        self.standing(id)
        self.record(
            Roster.Replaced,
            act=act,
            cycle_id=self.cycle_id,
            proposal_id=self.proposal_id,
            nomination_id=id,
            by=by,
            reason=validated_optional_text("reason", reason),
        )

    def standing(self, id: UUID) -> Nomination:
        """The nomination with this id that none replaced. Raises NotNominated."""
        for one in self.nominations:
            if one.id == id and one.replaced is None:
                return one
        raise NotNominated(proposal=self.proposal_id, nomination=id)

    def change(self, id: UUID, changed: Callable[[Nomination], Nomination]) -> None:
        """Change one nomination, as an event applies it."""
        self.nominations = tuple(changed(one) if one.id == id else one for one in self.nominations)
