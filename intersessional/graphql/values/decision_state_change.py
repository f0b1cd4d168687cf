"""The states of a decision in the API."""

import strawberry

from intersessional.domain.decision.decision_state import DecisionState
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.decisions import DecisionStateDocument


@object_type
class DecisionStateChange:
    """A state that a decision entered."""

    value: strawberry.Private[DecisionStateDocument]
    loaders: strawberry.Private[Loaders]

    @field
    def state(self) -> DecisionState:
        """The state."""
        return self.value.state

    @field
    def since(self) -> OccurredType:
        """When it entered the state."""
        return OccurredType(value=self.value.since)

    @field
    async def reason(self) -> str | None:
        """The reason why it was blocked, superseded or annulled, where one was given."""
        return await self.loaders.text(self.value.reason)
