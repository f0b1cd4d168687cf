"""The outcomes that a proposed decision is to have, in the API."""

import datetime
from typing import Annotated

import strawberry

from intersessional.domain.decision.decision_outcome import OutcomeKind
from intersessional.domain.decision.intended_outcome import IntendedOutcome
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind
from intersessional.domain.policy.values import KEYS_MAX
from intersessional.domain.proposal.merger import MERGED_MAX
from intersessional.graphql.relay.connection import parse_first
from intersessional.graphql.relay.node import Node
from intersessional.graphql.relay.node_lookup import find_nodes
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.shareable import shareable

FirstSubjects = Annotated[
    int, strawberry.argument(description=f"The number of subjects, from 1 to {MERGED_MAX}.")
]
_NOTHING = PolicyValue(kind=PolicyValueKind.TEXT)


@object_type
class IntendedOutcomeType:
    """An outcome that was proposed; what became of it is in the outcomes of the decision."""

    value: strawberry.Private[IntendedOutcome]
    loaders: strawberry.Private[Loaders]

    @field
    def kind(self) -> OutcomeKind:
        """The effect that it is to have."""
        return self.value.kind

    @field
    @at_most(MERGED_MAX)
    @shareable
    async def subjects(self, info: Info, first: FirstSubjects = MERGED_MAX) -> list[Node]:
        """The policy, the proposals or the group that it concerns, as far as they are on record."""
        parse_first(first, size_max=MERGED_MAX)
        return await find_nodes(self.value.subjects[:first], self.loaders, info)

    @field
    async def name(self) -> str | None:
        """The name of the group, or the title of the merged proposal."""
        return await self.loaders.text(self.value.name)

    @field
    def policy_key(self) -> str | None:
        """The key of the policy; the value is in the field of its kind."""
        return self.value.key

    @field
    def number(self) -> int | None:
        """The value of the policy as a number, in the unit of the key."""
        return self._rule.number

    @field
    def days(self) -> int | None:
        """The value of the policy as a number of days."""
        return self._rule.days

    @field
    def date(self) -> datetime.date | None:
        """The value of the policy as a day."""
        return self._rule.date

    @field
    async def text(self) -> str | None:
        """The value of the policy as a text."""
        return await self.loaders.text(self._rule.text)

    @field
    @at_most(KEYS_MAX)
    def keys(self) -> list[str]:
        """The value of the policy as keys; none for another kind of value."""
        return list(self._rule.keys)

    @property
    def _rule(self) -> PolicyValue:
        return self.value.value or _NOTHING
