"""Decisions of the MAG in the API."""

from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.decision import decision as domain
from intersessional.domain.decision.decision import DecisionKind, DecisionMethod, OutcomeKind
from intersessional.graphql.assessment import Assessment
from intersessional.graphql.audit import person
from intersessional.graphql.described import field, node_type
from intersessional.graphql.meeting import Meeting
from intersessional.graphql.node import Node
from intersessional.graphql.participant import Participant
from intersessional.graphql.sight import Sight
from intersessional.graphql.text_status import TextStatus, text_status
from intersessional.projections.cycles import CYCLES
from intersessional.projections.decisions import DECISIONS, DecisionDocument
from intersessional.projections.view import AnyView

if TYPE_CHECKING:
    from intersessional.graphql.cycle import Cycle

LazyCycle = Annotated["Cycle", strawberry.lazy("intersessional.graphql.cycle")]


@node_type
class Outcome:
    """One thing that a decision brought about."""

    of: strawberry.Private[domain.Outcome]
    sight: strawberry.Private[Sight]

    @field
    def kind(self) -> OutcomeKind:
        """What it did."""
        return self.of.kind

    @field
    async def subject(self) -> Node | None:
        """To what: a policy, a proposal or a group."""
        return await _subject_type(self.of.kind).find(self.of.subject, self.sight)


@node_type
class Decision(Node):
    """A decision of the Multistakeholder Advisory Group: recorded once, never edited."""

    view: ClassVar[AnyView] = DECISIONS

    @property
    def _document(self) -> DecisionDocument:
        return cast("DecisionDocument", self.found.document)

    @field
    def kinds(self) -> list[DecisionKind]:
        """What it is about."""
        return list(self._document.kinds)

    @field
    async def cycle(self) -> LazyCycle | None:
        """The cycle in which it was taken."""
        from intersessional.graphql.cycle import Cycle

        return await Cycle.find(self._document.cycle_id, self.sight)

    @field
    async def statement(self) -> str | None:
        """What was decided."""
        return await self.sight.text(self._document.statement)

    @field
    async def rationale(self) -> str | None:
        """Why; null when no source tells, or after erasure."""
        return await self.sight.text(self._document.rationale)

    @field
    async def rationale_status(self) -> TextStatus:
        """Whether the rationale is there, and if not why."""
        return await text_status(self._document.rationale, self.sight)

    @field
    async def meeting(self) -> Meeting | None:
        """Where it was taken; null when it was taken on the list or no source tells."""
        return await Meeting.find(self._document.meeting_id, self.sight)

    @field
    def on_list(self) -> bool:
        """Whether it was taken on the mailing list, outside of a meeting."""
        return self._document.on_list

    @field
    def method(self) -> DecisionMethod | None:
        """How the MAG came to it; null when no source tells."""
        return self._document.method

    @field
    async def announced_by(self) -> Participant | None:
        """The chair who announced it; null when no source tells."""
        return await person(self._document.announced_by, self.sight)

    @field
    def objections(self) -> int | None:
        """How many objected; null when no source tells."""
        return self._document.objections

    @field
    async def assessment(self) -> Assessment | None:
        """The Secretariat's assessment of resources that it rests on."""
        cycle = await self.sight.get(CYCLES, self._document.cycle_id)
        assessments = () if cycle is None else cycle.document.assessments
        for one in assessments:
            if one.id == self._document.assessment_id:
                return Assessment(of=one, sight=self.sight)
        return None

    @field
    def outcomes(self) -> list[Outcome]:
        """Everything it brought about."""
        return [Outcome(of=outcome, sight=self.sight) for outcome in self._document.outcomes]


def _subject_type(kind: OutcomeKind) -> type[Node]:
    from intersessional.graphql.group import Group
    from intersessional.graphql.policy import Policy
    from intersessional.graphql.proposal import Proposal

    match kind:
        case OutcomeKind.POLICY_ADOPTED | OutcomeKind.POLICY_SUPERSEDED:
            return Policy
        case OutcomeKind.GROUP_ESTABLISHED:
            return Group
        case _:
            return Proposal
