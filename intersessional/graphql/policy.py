"""Policies in the API."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.policy.policy import PolicyKey
from intersessional.graphql.described import field, node_type
from intersessional.graphql.node import Node
from intersessional.graphql.rule import Rule
from intersessional.projections.policies import POLICIES, PolicyDocument, RuleDocument
from intersessional.projections.view import AnyView

if TYPE_CHECKING:
    from intersessional.graphql.cycle import Cycle

LazyCycle = Annotated["Cycle", strawberry.lazy("intersessional.graphql.cycle")]


@node_type
class Policy(Node, Rule):
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
        from intersessional.graphql.cycle import Cycle

        return await Cycle.find(self._document.cycle_id, self.sight)
