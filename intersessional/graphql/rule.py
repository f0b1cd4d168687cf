"""Rules in the API: what holds on one matter from one decision to the next."""

from collections.abc import Sequence
from typing import Optional

import strawberry

from intersessional.graphql.decision import Decision
from intersessional.graphql.described import field, interface, node_type
from intersessional.graphql.scalars import Position
from intersessional.graphql.sight import Sight
from intersessional.graphql.text_status import TextStatus, text_status
from intersessional.projections.policies import RuleDocument


@interface
class Rule:
    """What holds on one matter from one decision to the next."""

    sight: strawberry.Private[Sight]

    @property
    def rules(self) -> Sequence[RuleDocument]:
        """This rule, after those that came before it."""
        raise NotImplementedError

    @field
    def value(self) -> int:
        """The rule: a number in the unit of its key."""
        return self.rules[-1].value

    @field
    def since(self) -> Position:
        """The position from which it was the rule."""
        return Position(self.rules[-1].position)

    @field
    async def rationale(self) -> str | None:
        """Why; null when no source tells, or after erasure."""
        return await self.sight.text(self.rules[-1].rationale)

    @field
    async def rationale_status(self) -> TextStatus:
        """Whether the rationale is there, and if not why."""
        return await text_status(self.rules[-1].rationale, self.sight)

    @field
    async def decision(self) -> Decision | None:
        """The decision that made it the rule."""
        return await Decision.find(self.rules[-1].decision_id, self.sight)

    @field
    def supersedes(self) -> Optional["SupersededRule"]:
        """The rule that it took the place of, if there was one."""
        before = self.rules[:-1]
        return SupersededRule(before=before, sight=self.sight) if before else None


@node_type
class SupersededRule(Rule):
    """A rule that another took the place of."""

    before: strawberry.Private[Sequence[RuleDocument]]

    @property
    def rules(self) -> Sequence[RuleDocument]:
        """This rule, after those that came before it."""
        return self.before
