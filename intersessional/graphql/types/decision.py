"""Decisions of the MAG in the API."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from typing import Annotated, ClassVar, Optional
from uuid import UUID

import strawberry

from intersessional.domain.decision import commands
from intersessional.domain.decision import decision_outcome as domain
from intersessional.domain.decision.announcement import BASIS_MAX
from intersessional.domain.decision.commands import OUTCOMES_MAX
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_outcome import DecisionKind, OutcomeKind
from intersessional.domain.decision.decision_state import DecisionState
from intersessional.domain.decision.decision_step import OBJECTIONS_OF_DECISION_MAX
from intersessional.domain.decision.steps import commands as step_commands
from intersessional.domain.kernel.ids import cycle_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.reasons.decision_reasons import decision_reasons
from intersessional.graphql.relay.connection import parse_first
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode, Node
from intersessional.graphql.relay.node_lookup import find_node, find_nodes
from intersessional.graphql.relay.reason import Reason
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import AfterPosition, Id, PastState, Year
from intersessional.graphql.roots.change import Change, watch
from intersessional.graphql.schema.decorators import field, object_type, subscription
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.values.assessment import AssessmentType
from intersessional.graphql.values.decision_state_change import DecisionStateChange
from intersessional.graphql.values.intended_outcome import IntendedOutcomeType
from intersessional.graphql.values.objection import ObjectionType
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.assessments import ASSESSMENTS
from intersessional.projections.decisions import DECISIONS, EVERY_STATE, DecisionDocument
from intersessional.projections.kernel.view import AnyView, ListKey
from intersessional.projections.policies import POLICIES

OneKind = Annotated[
    OutcomeKind | None,
    strawberry.argument(description="Only outcomes of this kind."),
]
FirstOutcomes = Annotated[
    int, strawberry.argument(description=f"The number of outcomes, from 1 to {OUTCOMES_MAX}.")
]
FirstOfBasis = Annotated[
    int, strawberry.argument(description=f"The number of subjects, from 1 to {BASIS_MAX}.")
]
FirstObjections = Annotated[
    int,
    strawberry.argument(
        description=f"The number of objections, from 1 to {OBJECTIONS_OF_DECISION_MAX}."
    ),
]


@object_type
class OutcomeType:
    """One outcome of a decision."""

    value: strawberry.Private[domain.Outcome]
    decision: strawberry.Private[UUID]
    loaders: strawberry.Private[Loaders]

    @field
    def kind(self) -> OutcomeKind:
        """The effect of the decision."""
        return self.value.kind

    @field
    @shareable
    async def subject(self, info: Info) -> Node | None:
        """The policy, proposal or group that it concerns."""
        return await find_node(self.value.subject, self.loaders, info)

    @field
    async def stands(self) -> bool | None:
        """Whether the rule that it set is the last one on its matter, also after the decision was
        superseded or annulled; null for outcomes of other kinds.
        """
        if self.value.kind is not OutcomeKind.POLICY_SET:
            return None
        policy = await self.loaders.get(POLICIES, self.value.subject)
        return policy is not None and policy.document.rules[-1].basis.decision_id == self.decision


@object_type
class DecisionType(DocumentNode[DecisionDocument]):
    """A decision of the Multistakeholder Advisory Group: proposed and taken, or recorded at once;
    never edited.
    """

    view: ClassVar[AnyView] = DECISIONS

    @field
    def state(self) -> DecisionState:
        """The state of the decision."""
        return self.document.state

    @field
    @at_most(len(DecisionState))
    def states(self) -> list[DecisionStateChange]:
        """Its states, in the order in which it entered them; the first one is its beginning."""
        return [
            DecisionStateChange(value=one, loaders=self.loaders) for one in self.document.states
        ]

    @field
    def objections_until(self) -> datetime | None:
        """The instant until which objections could be made, where a period was set."""
        return self.document.objections_until

    @field
    @at_most(OBJECTIONS_OF_DECISION_MAX)
    def objections_made(
        self, first: FirstObjections = OBJECTIONS_OF_DECISION_MAX
    ) -> list[ObjectionType]:
        """The objections on record, also withdrawn ones, in the order in which they were made."""
        parse_first(first, size_max=OBJECTIONS_OF_DECISION_MAX)
        decision, loaders = self.document, self.loaders
        return [
            ObjectionType(value=one, withdrawal=decision.withdrawn(one.id), loaders=loaders)
            for one in decision.made[:first]
        ]

    @field
    @at_most(OUTCOMES_MAX)
    def intended(self, first: FirstOutcomes = OUTCOMES_MAX) -> list[IntendedOutcomeType]:
        """The outcomes that were proposed; none for a decision that was recorded at once."""
        parse_first(first, size_max=OUTCOMES_MAX)
        return [
            IntendedOutcomeType(value=one, loaders=self.loaders)
            for one in self.document.intended[:first]
        ]

    @field
    @at_most(BASIS_MAX)
    @shareable
    async def basis(self, info: Info, first: FirstOfBasis = BASIS_MAX) -> list[Node]:
        """The decisions, documents and sources that it rests on."""
        parse_first(first, size_max=BASIS_MAX)
        return await find_nodes(self.document.basis[:first], self.loaders, info)

    @field
    async def superseded_by(self) -> Optional["DecisionType"]:
        """The decision that took its place."""
        return await self._by(DecisionState.SUPERSEDED)

    @field
    async def annulled_by(self) -> Optional["DecisionType"]:
        """The decision that declared it void; null also where no source names one."""
        return await self._by(DecisionState.ANNULLED)

    async def _by(self, state: DecisionState) -> Optional["DecisionType"]:
        by = [one.by for one in self.document.states if one.state is state]
        return await DecisionType.find(by[-1] if by else None, self.loaders)

    @field
    @at_most(len(DecisionKind))
    def kinds(self) -> list[DecisionKind]:
        """The kinds of the decision."""
        return list(self.document.kinds)

    @field
    async def statement(self) -> str | None:
        """The text of the decision."""
        return await self.loaders.text(self.document.statement)

    @field
    async def rationale(self) -> str | None:
        """The reasons; null when none were given, no source has them, or after erasure."""
        return await self.loaders.text(self.document.rationale)

    @field
    async def rationale_status(self) -> TextStatus:
        """Whether the rationale is given; if not, why."""
        rationale, historical = self.document.rationale, self.document.historical
        return await text_status(rationale, historical=historical, loaders=self.loaders)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting at which it was taken or proposed; null when on the list, or unknown."""
        return await MeetingType.find(self.document.meeting_id, self.loaders)

    @field
    def on_list(self) -> bool | None:
        """Whether it was taken or proposed on the mailing list; null when unknown."""
        return self.document.on_list

    @field
    def method(self) -> DecisionMethod | None:
        """The method of the decision; null when unknown."""
        return self.document.method

    @field
    async def announced_by(self) -> ParticipantType | None:
        """The chair who announced it; null when unknown."""
        return await find_participant(self.document.announced_by, self.loaders)

    @field
    def objections(self) -> int | None:
        """The number of people who objected; null when unknown, and before it is taken."""
        return self.document.objections

    @field
    async def assessment(self) -> AssessmentType | None:
        """The Secretariat's assessment of resources that it is based on."""
        if self.document.assessment_id is None:
            return None
        found = await self.loaders.get(ASSESSMENTS, self.document.assessment_id)
        return None if found is None else AssessmentType.from_snapshot(found, self.loaders)

    @field
    @at_most(OUTCOMES_MAX)
    def outcomes(
        self, kind: OneKind = None, first: FirstOutcomes = OUTCOMES_MAX
    ) -> list[OutcomeType]:
        """Its outcomes, or those of one kind; all of them by default."""
        parse_first(first, size_max=OUTCOMES_MAX)
        found = [one for one in self.document.outcomes if kind in (None, one.kind)]
        own, loaders = self.snapshot.key, self.loaders
        return [OutcomeType(value=one, decision=own, loaders=loaders) for one in found[:first]]

    async def reasons(self) -> Sequence[Reason]:
        """Where, how and why it was taken, on what basis, and what became of it."""
        return await decision_reasons(self.document, self.loaders)


@object_type
class DecisionQuery:
    """Queries of decisions."""

    @field
    @shareable
    async def decision(self, info: Info, id: Id, as_of: PastState = None) -> DecisionType | None:
        """The decision with this id."""
        return await DecisionType.find(parse_id(id), await loaders_at(info.context, as_of))


@object_type
class DecisionSubscription:
    """Subscriptions to decisions."""

    @subscription
    @shareable
    async def decision_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[DecisionType], None]:
        """Changes of the decisions of a cycle, also of those that are only proposed."""
        every = ListKey(cycle_id(year), EVERY_STATE)
        async for change in watch(info, DecisionType, after, every):
            yield change


DECISION_SCHEMA = SchemaPart(
    nodes=(DecisionType,),
    enums=(
        DecisionKind,
        DecisionMethod,
        DecisionState,
        OutcomeKind,
    ),
    queries=(DecisionQuery,),
    mutations=(
        Mutation(commands.RecordDecision, "DecisionRecorded", DecisionType),
        Mutation(step_commands.ProposeDecision, "DecisionProposed", DecisionType),
        Mutation(step_commands.ObjectToDecision, "ObjectionMade", DecisionType),
        Mutation(step_commands.WithdrawObjection, "ObjectionWithdrawn", DecisionType),
        Mutation(step_commands.TakeDecision, "DecisionTaken", DecisionType),
        Mutation(step_commands.BlockDecision, "DecisionBlocked", DecisionType),
        Mutation(step_commands.SupersedeDecision, "DecisionSuperseded", DecisionType),
        Mutation(step_commands.AnnulDecision, "DecisionAnnulled", DecisionType),
    ),
    subscriptions=(DecisionSubscription,),
)
