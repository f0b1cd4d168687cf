"""Decisions of the MAG in the API."""

from typing import ClassVar, cast

import strawberry

from intersessional.domain.decision.decision import DecisionKind, DecisionMethod, OutcomeKind
from intersessional.graphql.audit import person
from intersessional.graphql.described import field, node_type
from intersessional.graphql.meeting import Meeting
from intersessional.graphql.node import Node
from intersessional.graphql.participant import Participant
from intersessional.graphql.text_status import TextStatus, text_status
from intersessional.projections.decisions import DECISIONS, DecisionDocument
from intersessional.projections.meetings import MEETINGS
from intersessional.projections.view import AnyView


@node_type
class Outcome:
    """One thing that a decision brought about."""

    kind: OutcomeKind = strawberry.field(description="What it did.")
    subject: strawberry.ID = strawberry.field(
        description="To what: a policy, a proposal or a group. Ask `node` for it."
    )


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
        if self._document.meeting_id is None:
            return None
        found = await self.sight.get(MEETINGS, self._document.meeting_id)
        return None if found is None else Meeting.of(found, self.sight)

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
    def assessment(self) -> strawberry.ID | None:
        """The Secretariat's assessment of resources that it rests on."""
        id = self._document.assessment_id
        return None if id is None else strawberry.ID(str(id))

    @field
    def outcomes(self) -> list[Outcome]:
        """Everything it brought about."""
        return [
            Outcome(kind=outcome.kind, subject=strawberry.ID(str(outcome.subject)))
            for outcome in self._document.outcomes
        ]
