"""Rules in the API: what holds on one matter from one decision to the next."""

from collections.abc import Sequence
from typing import Optional

import strawberry

from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, interface, object_type
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.policies import RuleDocument


@interface
class RuleType:
    """What holds on one matter from one decision to the next."""

    loaders: strawberry.Private[Loaders]

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
        return await self.loaders.text(self.rules[-1].rationale)

    @field
    async def rationale_status(self) -> TextStatus:
        """Whether the rationale is there, and if not why."""
        return await text_status(self.rules[-1].rationale, self.loaders)

    @field
    async def decision(self) -> DecisionType | None:
        """The decision that made it the rule."""
        return await DecisionType.find(self.rules[-1].decision_id, self.loaders)

    @field
    def supersedes(self) -> Optional["SupersededRuleType"]:
        """The rule that it took the place of, if there was one."""
        before = self.rules[:-1]
        return SupersededRuleType(before=before, loaders=self.loaders) if before else None


@object_type
class SupersededRuleType(RuleType):
    """A rule that another took the place of."""

    before: strawberry.Private[Sequence[RuleDocument]]

    @property
    def rules(self) -> Sequence[RuleDocument]:
        """This rule, after those that came before it."""
        return self.before
