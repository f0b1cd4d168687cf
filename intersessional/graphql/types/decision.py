"""Decisions of the MAG in the API."""

from collections.abc import AsyncGenerator
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.decision import commands
from intersessional.domain.decision import decision_outcome as domain
from intersessional.domain.decision.commands import OUTCOMES_MAX
from intersessional.domain.decision.decision import DecisionMethod
from intersessional.domain.decision.decision_outcome import DecisionKind, OutcomeKind
from intersessional.domain.kernel.ids import cycle_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import parse_first
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode, Node
from intersessional.graphql.relay.node_lookup import find_node
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
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.assessments import ASSESSMENTS
from intersessional.projections.decisions import DECISIONS, DecisionDocument
from intersessional.projections.kernel.view import AnyView, ListKey

OneKind = Annotated[
    OutcomeKind | None,
    strawberry.argument(description="Only outcomes of this kind."),
]
FirstOutcomes = Annotated[
    int, strawberry.argument(description=f"The number of outcomes, from 1 to {OUTCOMES_MAX}.")
]


@object_type
class OutcomeType:
    """One outcome of a decision."""

    value: strawberry.Private[domain.Outcome]
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


@object_type
class DecisionType(DocumentNode[DecisionDocument]):
    """A decision of the Multistakeholder Advisory Group: recorded once, never edited."""

    view: ClassVar[AnyView] = DECISIONS

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
        """The meeting at which it was taken; null when on the list, or unknown."""
        return await MeetingType.find(self.document.meeting_id, self.loaders)

    @field
    def on_list(self) -> bool | None:
        """Whether it was taken on the mailing list, outside of a meeting; null when unknown."""
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
        """The number of objections; null when unknown."""
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
        return [OutcomeType(value=one, loaders=self.loaders) for one in found[:first]]


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
        """Changes of the decisions of a cycle."""
        async for change in watch(info, DecisionType, after, ListKey(cycle_id(year))):
            yield change


DECISION_SCHEMA = SchemaPart(
    nodes=(DecisionType,),
    enums=(
        DecisionKind,
        DecisionMethod,
        OutcomeKind,
    ),
    queries=(DecisionQuery,),
    mutations=(Mutation(commands.RecordDecision, "DecisionRecorded", DecisionType),),
    subscriptions=(DecisionSubscription,),
)
