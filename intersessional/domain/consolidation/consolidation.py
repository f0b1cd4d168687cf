"""A suggestion to make one proposal out of several."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from intersessional.domain.consolidation.refusals import ConsolidationIsDone
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import validated_name, validated_optional_text
from intersessional.domain.proposal.consent import check_consenting
from intersessional.domain.proposal.merger import Merger
from intersessional.domain.proposal.proposal import Proposal

CONSOLIDATION_CONSENTS_MAX = 100
"""Consents of proposers to one consolidation."""


@dataclass(frozen=True)
class ConsolidationConsent:
    """The consent of a proposer that their proposal becomes part of one with others."""

    proposal_id: UUID
    proposer_id: UUID | None
    """The proposer; None where no source names the proposers."""


class Consolidation(Aggregate):
    """A suggestion to make one proposal out of several, and who consents."""

    TOPIC = "consolidation"

    cycle_id: UUID
    proposals: tuple[UUID, ...]
    consents: tuple[ConsolidationConsent, ...] = ()
    into: UUID | None = None

    class Suggested(CreatedEvent):
        """Somebody suggested to make one proposal out of several."""

        TOPIC = "consolidation.suggested.v1"
        cycle_id: UUID
        proposals: tuple[UUID, ...]
        title: Permanent | None
        suggested_by: PersonId | None
        meeting_id: UUID | None
        rationale: Erasable | None

    class Consented(Aggregate.Event):
        """A proposer consented that their proposal becomes part of one with the others."""

        TOPIC = "consolidation.consented.v1"
        cycle_id: UUID
        proposal_id: UUID
        proposer_id: UUID | None
        source: Erasable | None

        def apply(self, aggregate: "Consolidation") -> None:
            consent = ConsolidationConsent(self.proposal_id, self.proposer_id)
            aggregate.consents = (*aggregate.consents, consent)

    class CarriedOut(Aggregate.Event):
        """The MAG merged the proposals, as was suggested."""

        TOPIC = "consolidation.carried_out.v1"
        cycle_id: UUID
        decision_id: UUID
        into: UUID

        def apply(self, aggregate: "Consolidation") -> None:
            aggregate.into = self.into

    @classmethod
    def suggest(
        cls,
        act: Act,
        *,
        id: UUID,
        proposals: Sequence[Proposal],
        title: str | None,
        suggested_by: UUID | None,
        meeting_id: UUID | None = None,
        rationale: str | None = None,
    ) -> Self:
        """Suggest to consolidate undecided proposals of one cycle (DOMAIN row 13).

        Raises ProposalFrozen, BadValue.
        """
        ids = tuple(one.id for one in proposals)
        Merger.check_size(ids)
        if len({*ids}) < len(ids):
            raise BadValue(field="proposals", problem="one is named twice.")
        if len({one.cycle_id for one in proposals}) > 1:
            raise BadValue(field="proposals", problem="they are of different cycles.")
        for one in proposals:
            one.check_undecided(act)
        return cls.create(
            cls.Suggested,
            id=id,
            act=act,
            cycle_id=proposals[0].cycle_id,
            proposals=ids,
            title=None if title is None else validated_name("title", title),
            suggested_by=suggested_by,
            meeting_id=meeting_id,
            rationale=validated_optional_text("rationale", rationale),
        )

    def consent(
        self, act: Act, proposal: Proposal, *, proposer_id: UUID | None, source: str | None
    ) -> None:
        """Consent for one of the proposals, as one of its proposers.

        Raises ConsolidationIsDone, NotAProposer, AlreadyRecorded, LimitReached, BadValue.
        """
        self._check_pending()
        if proposal.id not in self.proposals:
            raise BadValue(field="proposal", problem="the consolidation is not about it.")
        check_consenting(proposal, proposer_id)
        if ConsolidationConsent(proposal.id, proposer_id) in self.consents:
            raise AlreadyRecorded(kind="consent", id=self.id)
        if len(self.consents) >= CONSOLIDATION_CONSENTS_MAX:
            raise LimitReached(kind="consents to a consolidation", most=CONSOLIDATION_CONSENTS_MAX)
        self.record(
            Consolidation.Consented,
            act=act,
            cycle_id=self.cycle_id,
            proposal_id=proposal.id,
            proposer_id=proposer_id,
            source=validated_optional_text("source", source),
        )

    def carry_out(
        self, act: Act, *, decision_id: UUID, sources: Sequence[Proposal], into: UUID
    ) -> bool:
        """Merge exactly these proposals; whether the proposers of each had consented by then.

        Raises ConsolidationIsDone, BadValue.
        """
        self._check_pending()
        if {*self.proposals} != {one.id for one in sources}:
            raise BadValue(field="consolidation", problem="it is about other proposals.")
        consents = self.at(act.occurred).consents
        agreed = all(
            have_consented(
                one.proposers, [c.proposer_id for c in consents if c.proposal_id == one.id]
            )
            for one in sources
        )
        self.record(
            Consolidation.CarriedOut,
            act=act,
            cycle_id=self.cycle_id,
            decision_id=decision_id,
            into=into,
        )
        return agreed

    def _check_pending(self) -> None:
        if self.into is not None:
            raise ConsolidationIsDone(consolidation=self.id, into=self.into)


def have_consented(proposers: Collection[UUID], consents: Collection[UUID | None]) -> bool:
    """Whether each proposer of a proposal consented; anybody where no source names them."""
    return {*consents} >= {*proposers} if proposers else bool(consents)
