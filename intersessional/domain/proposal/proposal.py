"""A proposal: mooted, written, revised, and decided or withdrawn."""

from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.numbers import optional_bounded_int
from intersessional.domain.kernel.refusals import OutOfTime
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.proposal.consent import Consent, check_proposer
from intersessional.domain.proposal.proposal_details import NTH_MAX, ProposalDetails
from intersessional.domain.proposal.proposal_section import (
    CoFacilitator,
    Organisation,
    ProposalRevision,
    ProposalSection,
)
from intersessional.domain.proposal.proposal_state import UNDECIDED, ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.domain.proposal.refusals import ProposalFrozen


class Proposal(Aggregate):
    """A proposal for a group of a cycle."""

    TOPIC = "proposal"

    cycle_id: UUID
    year: int
    group_kind: str
    theme: str | None
    is_new: bool | None
    act: Act
    merged_from: tuple[UUID, ...] = ()
    proposers: tuple[UUID, ...] = ()
    """Those who put it forward; nobody where no source names them."""
    consents: tuple[Consent, ...] = ()
    presented_at: tuple[UUID, ...] = ()
    state: ProposalState = ProposalState.MOOTED
    decisions: int = 0
    """How often it was decided or withdrawn."""
    revision: int = 0
    written: ProposalRevision | None = None

    class PutForward(CreatedEvent):
        """A proposal was put forward, orally or in writing."""

        TOPIC = "proposal.put_forward.v1"
        cycle_id: UUID
        year: int
        group_kind: str
        theme: str | None
        title: Permanent
        is_new: bool | None
        year_of_theme_reported: int | None
        phase: int | None
        orally: bool | None
        proposers: tuple[PersonId, ...]
        merged_from: tuple[UUID, ...]
        split_from: UUID | None = None

        def check_values(self) -> None:
            optional_bounded_int("year_of_theme_reported", self.year_of_theme_reported, 1, NTH_MAX)
            optional_bounded_int("phase", self.phase, 1, NTH_MAX)

    class Presented(Aggregate.Event):
        """The proposal was presented at a meeting."""

        TOPIC = "proposal.presented.v1"
        cycle_id: UUID
        meeting_id: UUID
        presenter_id: PersonId | None

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.presented_at = (*aggregate.presented_at, self.meeting_id)

    class ThemeGiven(Aggregate.Event):
        """The theme that the proposal takes up was given, after it was put forward."""

        TOPIC = "proposal.theme_given.v1"
        cycle_id: UUID
        theme: str

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.theme = self.theme

    class ConsentGiven(Aggregate.Event):
        """A proposer consented that another member writes and revises the proposal."""

        TOPIC = "proposal.consent_given.v1"
        cycle_id: UUID
        proposer_id: UUID
        member_id: UUID
        source: Erasable | None

        def apply(self, aggregate: "Proposal") -> None:
            consent = Consent(self.proposer_id, self.member_id)
            aggregate.consents = (*aggregate.consents, consent)

    class Submitted(Aggregate.Event):
        """The proposal was submitted in writing, checked against a version of the template."""

        TOPIC = "proposal.submitted.v1"
        FIXED = ("words",)
        cycle_id: UUID
        template_id: UUID
        template_version: str
        sections: tuple[ProposalSection, ...]
        co_facilitators: tuple[CoFacilitator, ...]
        organisations: tuple[Organisation, ...]
        words: int
        consented_by: UUID | None

        def apply(self, aggregate: "Proposal") -> None:
            # A decision of before may have been recorded after it.
            if aggregate.state in UNDECIDED:
                aggregate.state = ProposalState.SUBMITTED
                aggregate.revision += 1
                aggregate.written = ProposalRevision(
                    self.act, self.sections, self.co_facilitators, self.organisations
                )

    class Revised(Submitted):
        """The written proposal was replaced by a revision, which names the texts that stayed."""

        TOPIC = "proposal.revised.v1"

    class Withdrawn(Aggregate.Event):
        """The proposal was withdrawn."""

        TOPIC = "proposal.withdrawn.v1"
        cycle_id: UUID
        reason: Erasable | None

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.decide(ProposalState.WITHDRAWN)

    class Approved(Aggregate.Event):
        """The MAG approved the proposal, and a group was established from it."""

        TOPIC = "proposal.approved.v1"
        cycle_id: UUID
        decision_id: UUID
        group_id: UUID

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.decide(ProposalState.APPROVED)

    class Declined(Aggregate.Event):
        """The MAG declined the proposal."""

        TOPIC = "proposal.declined.v1"
        cycle_id: UUID
        decision_id: UUID

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.decide(ProposalState.DECLINED)

    class Deferred(Aggregate.Event):
        """The MAG put the decision on the proposal off."""

        TOPIC = "proposal.deferred.v1"
        cycle_id: UUID
        decision_id: UUID

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.decide(ProposalState.DEFERRED)

    class Redirected(Aggregate.Event):
        """The MAG pointed the proposal to another format; it is no group of this cycle."""

        TOPIC = "proposal.redirected.v1"
        cycle_id: UUID
        decision_id: UUID
        to: RedirectTarget
        body_id: UUID | None
        body_name: Permanent | None

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.decide(ProposalState.REDIRECTED)

    class Merged(Aggregate.Event):
        """The proposal became part of another."""

        TOPIC = "proposal.merged.v1"
        cycle_id: UUID
        decision_id: UUID
        into: UUID
        proposers_agreed: bool | None

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.decide(ProposalState.MERGED)

    class Split(Aggregate.Event):
        """The proposal was split into several, each of which names it as what it came from."""

        TOPIC = "proposal.split.v1"
        cycle_id: UUID
        into: tuple[UUID, ...]
        reason: Erasable | None

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.decide(ProposalState.SPLIT)

    @classmethod
    def put_forward(
        cls,
        act: Act,
        *,
        id: UUID,
        cycle: Cycle,
        details: ProposalDetails,
        orally: bool | None,
        proposers: tuple[UUID, ...] = (),
        merged_from: tuple[UUID, ...] = (),
        split_from: UUID | None = None,
    ) -> Self:
        """Propose a group (DOMAIN rows 10, 42). Raises BadValue."""
        return cls.create(
            cls.PutForward,
            id=id,
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
            **details.validated(live=not act.provenance.historical),
            orally=orally,
            proposers=proposers,
            merged_from=merged_from,
            split_from=split_from,
        )

    def withdraw(self, act: Act, reason: str | None = None) -> None:
        """Withdraw it for good. Raises ProposalFrozen, OutOfTime, NotAProposer, BadValue."""
        self.check_last(act)
        check_proposer(self, act)
        self.record(
            Proposal.Withdrawn,
            act=act,
            cycle_id=self.cycle_id,
            reason=validated_optional_text("reason", reason),
        )

    def check_undecided(self, act: Act) -> Self:
        """The proposal at the time of an act, when it could still change (DOMAIN row 9).

        Raises ProposalFrozen.
        """
        past = self.at(act.occurred)
        if past.state not in UNDECIDED:
            raise ProposalFrozen(proposal=self.id, state=past.state)
        return past

    def check_last(self, act: Act) -> Self:
        """The proposal at the time of an act that ends it: no other decision is of a later time.

        What was written after it has no effect. Raises ProposalFrozen, OutOfTime.
        """
        past = self.check_undecided(act)
        if past.decisions < self.decisions:
            problem = "the proposal was decided or withdrawn after that time."
            raise OutOfTime(occurred=act.occurred.at, problem=problem)
        return past

    def decide(self, state: ProposalState) -> None:
        """Take the state of a decision or a withdrawal, as its event applies it."""
        self.state = state
        self.decisions += 1
