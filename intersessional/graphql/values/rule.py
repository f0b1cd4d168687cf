"""Rules in the API: policies in force and superseded ones."""

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
    """A rule on one matter, made by a decision."""

    loaders: strawberry.Private[Loaders]

    @property
    def rules(self) -> Sequence[RuleDocument]:
        """The earlier rules, oldest first, then this one."""
        raise NotImplementedError

    @field
    def value(self) -> int:
        """The value, in the unit of the key."""
        return self.rules[-1].value

    @field
    def since(self) -> Position:
        """The position from which it was in force."""
        return Position(self.rules[-1].position)

    @field
    async def rationale(self) -> str | None:
        """The reasons; null when none were given, no source has them, or after erasure."""
        return await self.loaders.text(self.rules[-1].rationale)

    @field
    async def rationale_status(self) -> TextStatus:
        """Whether the rationale is given; if not, why."""
        rule = self.rules[-1]
        return await text_status(rule.rationale, historical=rule.historical, loaders=self.loaders)

    @field
    async def decision(self) -> DecisionType | None:
        """The decision that made the rule."""
        return await DecisionType.find(self.rules[-1].decision_id, self.loaders)

    @field
    def supersedes(self) -> Optional["SupersededRuleType"]:
        """The rule that it superseded; null for the first."""
        before = self.rules[:-1]
        return SupersededRuleType(before=before, loaders=self.loaders) if before else None


@object_type
class SupersededRuleType(RuleType):
    """A rule that another has superseded."""

    before: strawberry.Private[Sequence[RuleDocument]]

    @property
    def rules(self) -> Sequence[RuleDocument]:
        """The earlier rules, oldest first, then this one."""
        return self.before
