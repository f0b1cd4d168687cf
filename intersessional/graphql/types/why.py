"""Why something is as it is: the question of an auditor, answered as a chain of reasons."""

import strawberry

from intersessional.graphql.reasons.chain import STEPS_MAX, ChainStep, chain_of, in_order
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import Node
from intersessional.graphql.relay.node_lookup import find_node
from intersessional.graphql.relay.reason import ReasonKind
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.charge import CHAIN_POINTS
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.descriptions import attribute_descriptions
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType
from intersessional.graphql.values.fact import FactType
from intersessional.graphql.values.text_status import TextStatus, text_status

FACTS_OF_REASON_MAX = 6
"""Facts of one reason; of a deviation the first ones."""
_SENTENCES = attribute_descriptions(ReasonKind)


@object_type
class ReasonStep:
    """One reason of a chain, with what the record has of it."""

    step: strawberry.Private[ChainStep]
    loaders: strawberry.Private[Loaders]
    number: int
    """The number of the step, from 1."""
    reason_of: int | None
    """The number of the step that it is a reason of; null for what is asked about."""

    @field
    def kind(self) -> ReasonKind:
        """What it says."""
        return self.step.reason.kind

    @field
    def sentence(self) -> str:
        """What it says, in a sentence."""
        return str(_SENTENCES[self.step.reason.kind.name])

    @field
    @at_most(FACTS_OF_REASON_MAX)
    def facts(self) -> list[FactType]:
        """The facts in it, such as a number or the key of a rule."""
        return [FactType.of(fact) for fact in self.step.reason.facts[:FACTS_OF_REASON_MAX]]

    @field
    def subject(self) -> Node | None:
        """The node that it names, such as the decision."""
        return self.step.node

    @field
    async def text(self) -> str | None:
        """The words that were given: a rationale, a reason, the words of a source."""
        return await self.loaders.text(self.step.reason.text)

    @field
    async def status(self) -> TextStatus | None:
        """Whether it is given; if not, why. Null for what cannot be missing."""
        reason = self.step.reason
        if reason.is_given is None:
            return None
        if reason.is_given and reason.text is None:
            return TextStatus.GIVEN
        return await text_status(reason.text, historical=reason.historical, loaders=self.loaders)

    @field
    async def event(self) -> AuditEntryType | None:
        """The event that says so: when, on what ground, from which sources; null without one."""
        named = self.step.reason.event
        if named is None:
            return None if self.step.node is None else await self.step.node.opening_event()
        if named.position is not None:
            [recorded] = await self.loaders.events((named.position,))
            return AuditEntryType(recorded=recorded, loaders=self.loaders)
        if named.stream is None:
            return None
        found = await self.loaders.event(named.stream, named.version)
        return None if found is None else AuditEntryType(recorded=found, loaders=self.loaders)


@object_type
class ReasonChain:
    """Why something is as it is: each reason, what it rests on itself, and what is missing."""

    first: strawberry.Private[ChainStep]
    loaders: strawberry.Private[Loaders]

    @field
    @at_most(STEPS_MAX)
    def steps(self) -> list[ReasonStep]:
        """The steps, each after the one that it is a reason of."""
        found = [*in_order(self.first)]
        numbers = {id(step): number for number, (step, _) in enumerate(found, 1)}
        return [
            ReasonStep(
                step=step,
                loaders=self.loaders,
                number=numbers[id(step)],
                reason_of=None if before is None else numbers[id(before)],
            )
            for step, before in found
        ]


@object_type
class WhyQuery:
    """Queries of reasons."""

    @field
    @shareable
    async def why(self, info: Info, subject: Id, as_of: PastState = None) -> ReasonChain | None:
        """Why something is as it is: of a cycle how many forums were approved; of a decision, a
        group, a proposal, a policy or a comment window what it rests on, reason by reason, as far
        as the record has them. Null for an id of nothing.
        """
        info.context.charge(CHAIN_POINTS)
        loaders = await loaders_at(info.context, as_of)
        node = await find_node(parse_id(subject), loaders, info)
        if node is None:
            return None
        return ReasonChain(first=await chain_of(node, info), loaders=loaders)


WHY_SCHEMA = SchemaPart(enums=(ReasonKind,), queries=(WhyQuery,))
