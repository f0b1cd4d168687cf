"""Policies in the API."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.policy.policy import PolicyKey
from intersessional.graphql.relay.node import Node
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.values.rule import RuleType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.policies import POLICIES, PolicyDocument, RuleDocument

if TYPE_CHECKING:
    from intersessional.graphql.types.cycle import CycleType

LazyCycle = Annotated["CycleType", strawberry.lazy("intersessional.graphql.types.cycle")]


@object_type
class PolicyType(Node, RuleType):
    """The rule in force on one matter in one cycle, and those it superseded."""

    view: ClassVar[AnyView] = POLICIES

    @property
    def _document(self) -> PolicyDocument:
        return cast("PolicyDocument", self.found.document)

    @property
    def rules(self) -> Sequence[RuleDocument]:
        """The rule in force, after those that came before it."""
        return self._document.rules

    @field
    def key(self) -> PolicyKey:
        """What it rules on."""
        return self._document.key

    @field
    async def cycle(self) -> LazyCycle | None:
        """The cycle it holds for."""
        from intersessional.graphql.types.cycle import CycleType

        return await CycleType.find(self._document.cycle_id, self.loaders)
