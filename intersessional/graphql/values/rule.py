"""Rules in the API: policies in force and superseded ones."""

import datetime
from collections.abc import Sequence
from typing import Optional

import strawberry

from intersessional.domain.kernel.ids import source_id
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind
from intersessional.domain.policy.values import KEYS_MAX
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, interface, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.source import SourceType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.policies import RuleDocument


@interface
class RuleType:
    """A rule on one matter, made by a decision, or laid down by a source."""

    loaders: strawberry.Private[Loaders]

    @property
    def rules(self) -> Sequence[RuleDocument]:
        """The earlier rules, oldest first, then this one."""
        raise NotImplementedError

    @field
    def value_kind(self) -> PolicyValueKind:
        """The kind of value; the fields of the other kinds are null."""
        return self._value.kind

    @field
    def value(self) -> int | None:
        """The value as a number, in the unit of the key."""
        return self._value.number

    @field
    def days(self) -> int | None:
        """The value as a number of days."""
        return self._value.days

    @field
    def date(self) -> datetime.date | None:
        """The value as a day."""
        return self._value.date

    @field
    async def text(self) -> str | None:
        """The value as a text."""
        return await self.loaders.text(self._value.text)

    @field
    @at_most(KEYS_MAX)
    def keys(self) -> list[str] | None:
        """The value as keys, such as those of kinds of group."""
        return list(self._value.keys) if self._value.kind is PolicyValueKind.KEYS else None

    @field
    def since(self) -> OccurredType:
        """When it was laid down: it is in force from the end of that time on."""
        return OccurredType(value=self.rules[-1].occurred)

    @field
    async def rationale(self) -> str | None:
        """The reasons that the decision gives; null when no source has them."""
        decision = await self._decision()
        return None if decision is None else await self.loaders.text(decision.document.rationale)

    @field
    async def rationale_status(self) -> TextStatus:
        """Whether the rationale is given; if not, why."""
        decision = await self._decision()
        if decision is None:
            return TextStatus.NOT_IN_SOURCES
        rationale, historical = decision.document.rationale, decision.document.historical
        return await text_status(rationale, historical=historical, loaders=self.loaders)

    @field
    async def decision(self) -> DecisionType | None:
        """The decision that made the rule; null when it rests on a source."""
        return await self._decision()

    @field
    async def source(self) -> SourceType | None:
        """The source that lays the rule down; null when it rests on a decision."""
        key = self.rules[-1].basis.source
        return None if key is None else await SourceType.find(source_id(key), self.loaders)

    @field
    async def words(self) -> str | None:
        """The words of the source that lay it down."""
        return await self.loaders.text(self.rules[-1].basis.words)

    async def _decision(self) -> DecisionType | None:
        return await DecisionType.find(self.rules[-1].basis.decision_id, self.loaders)

    @property
    def _value(self) -> PolicyValue:
        return self.rules[-1].value

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
