"""Policies in the API."""

from typing import ClassVar, Optional, cast

import strawberry

from intersessional.domain.policy.policy import PolicyKey
from intersessional.graphql.decision import Decision
from intersessional.graphql.described import field, node_type
from intersessional.graphql.node import Node
from intersessional.graphql.scalars import Position
from intersessional.graphql.text_status import TextStatus, text_status
from intersessional.projections.decisions import DECISIONS
from intersessional.projections.policies import POLICIES, PolicyDocument, RuleDocument
from intersessional.projections.view import AnyView


@node_type
class Policy(Node):
    """The rule on one matter in one cycle: the one in force, or one it superseded."""

    view: ClassVar[AnyView] = POLICIES
    place: strawberry.Private[int] = -1

    @property
    def _document(self) -> PolicyDocument:
        return cast("PolicyDocument", self.found.document)

    @property
    def _rule(self) -> RuleDocument:
        return self._document.rules[self.place]

    @field
    def key(self) -> PolicyKey:
        """What it rules on."""
        return self._document.key

    @field
    def value(self) -> int:
        """The rule: a number in the unit of its key."""
        return self._rule.value

    @field
    def since(self) -> Position:
        """The position from which it was the rule."""
        return Position(self._rule.position)

    @field
    async def rationale(self) -> str | None:
        """Why; null when no source tells, or after erasure."""
        return await self.sight.text(self._rule.rationale)

    @field
    async def rationale_status(self) -> TextStatus:
        """Whether the rationale is there, and if not why."""
        return await text_status(self._rule.rationale, self.sight)

    @field
    async def decision(self) -> Decision | None:
        """The decision that made it the rule."""
        found = await self.sight.get(DECISIONS, self._rule.decision_id)
        return None if found is None else Decision.of(found, self.sight)

    @field
    def supersedes(self) -> Optional["Policy"]:
        """The rule that it took the place of, if there was one."""
        rules = len(self._document.rules)
        place = self.place % rules
        return Policy(found=self.found, sight=self.sight, place=place - 1) if place else None
