"""Deviations from soft rules in the API."""

from collections.abc import AsyncGenerator
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.fact import FACTS_MAX
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.rule.soft_rule import RuleStrength
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.document_connection import union_connection
from intersessional.graphql.relay.document_page import DocumentPageArguments
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode, Node
from intersessional.graphql.relay.node_lookup import find_node
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import AfterPosition, Id, PastState, Year
from intersessional.graphql.roots.change import Change, watch
from intersessional.graphql.schema.decorators import field, object_type, subscription
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.outline import OutlineType
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.fact import FactType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.soft_rule import SoftRuleType
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.deviations import (
    BY_RULE,
    DEVIATIONS,
    DeviationDocument,
    deviations_kind,
)
from intersessional.projections.kernel.reader import ListUnion
from intersessional.projections.kernel.view import AnyView, ListKey

RULES_MAX = 50
"""Soft rules of all plugins."""

OfGroup = Annotated[
    strawberry.ID | None, strawberry.argument(description="Only those of the group with this id.")
]
RuleKey = Annotated[
    str | None, strawberry.argument(description="Only those from the rule with this key.")
]


@object_type
class DeviationType(DocumentNode[DeviationDocument]):
    """A deviation from a soft rule, recorded with what deviates."""

    view: ClassVar[AnyView] = DEVIATIONS

    @field
    @shareable
    async def rule(self, info: Info) -> SoftRuleType | None:
        """The rule; null when the plugin that brings it is not installed."""
        rule = info.context.command_bus.rules.get(self.document.rule)
        return None if rule is None else SoftRuleType.of(rule)

    @field
    def rule_key(self) -> str:
        """The key of the rule."""
        return self.document.rule

    @field
    def strength(self) -> RuleStrength:
        """The strength that the rule had then."""
        return self.document.strength

    @field
    @shareable
    async def subject(self, info: Info) -> Node | None:
        """What deviates: a proposal, a decision, a draft; null when it is no node of the API."""
        return await find_node(self.document.subject, self.loaders, info)

    @field
    @at_most(FACTS_MAX)
    def facts(self) -> list[FactType]:
        """The facts that deviate; several of one name are a list."""
        return [FactType.of(fact) for fact in self.document.facts]

    @field
    async def rationale(self) -> str | None:
        """The reasons; null when none were given, or no source has them."""
        return await self.loaders.text(self.document.rationale)

    @field
    async def rationale_status(self) -> TextStatus:
        """Whether the rationale is given; if not, why."""
        historical = self.document.act.provenance.historical
        return await text_status(
            self.document.rationale, historical=historical, loaders=self.loaders
        )

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle that it is of; null outside of cycles."""
        return await CycleType.find(self.document.cycle_id, self.loaders)

    @field
    async def group(self) -> GroupType | None:
        """The group that deviates; null for what is not a group's own."""
        return await GroupType.find(self.document.group_id, self.loaders)

    @field
    def role(self) -> Role:
        """The role of the person who deviated, or recorded it."""
        return self.document.act.actor.role

    @field
    async def person(self) -> ParticipantType | None:
        """The person who deviated, or recorded it; null for the operator, and after erasure."""
        return await find_participant(self.document.act.actor.person, self.loaders)

    @field
    def occurred(self) -> OccurredType:
        """When it happened."""
        return OccurredType(value=self.document.act.occurred)


@object_type
class DeviationCount:
    """How many deviations there are from a soft rule."""

    rule: str
    """The key of the rule."""
    count: int
    """The number of deviations."""

    @field
    @shareable
    async def soft_rule(self, info: Info) -> SoftRuleType | None:
        """The rule; null when the plugin that brings it is not installed."""
        rule = info.context.command_bus.rules.get(self.rule)
        return None if rule is None else SoftRuleType.of(rule)


@at_most(RULES_MAX)
async def deviation_counts(root: CycleType | GroupType) -> list[DeviationCount]:
    """The numbers of its deviations from each soft rule that was deviated from."""
    counts = await root.loaders.counts(DEVIATIONS, root.snapshot.key, BY_RULE)
    return [DeviationCount(rule=rule, count=counts[rule]) for rule in sorted(counts)]


async def deviations_of_cycle(
    root: CycleType,
    rule: RuleKey = None,
    group: OfGroup = None,
    first: First = 20,
    after: After = None,
) -> Connection[DeviationType] | None:
    """The deviations from soft rules, from one rule or all, of one group or all."""
    kind = deviations_kind(rule, None if group is None else parse_id(group))
    return await DeviationType.page(
        root.snapshot.key, root.loaders, kind=kind, first=first, after=after
    )


async def deviations_of_group(
    root: GroupType, rule: RuleKey = None, first: First = 20, after: After = None
) -> Connection[DeviationType] | None:
    """Its deviations from soft rules, and those of its proposal, from one rule or all."""
    parents = [root.snapshot.key, *filter(None, [root.document.proposal_id])]
    return await union_connection(
        DEVIATIONS,
        ListUnion(frozenset(ListKey(parent, deviations_kind(rule)) for parent in parents)),
        root.loaders,
        DocumentPageArguments.parse(first=first, after=after),
        DeviationType.from_snapshot,
    )


async def deviations_of_subject(
    root: DecisionType | DraftType | MeetingType | OutlineType | ProposalType,
    rule: RuleKey = None,
    first: First = 20,
    after: After = None,
) -> Connection[DeviationType] | None:
    """The deviations from soft rules that are about it."""
    return await DeviationType.page(
        root.snapshot.key, root.loaders, kind=rule, first=first, after=after
    )


@object_type
class DeviationQuery:
    """Queries of soft rules and of deviations from them."""

    @field
    @at_most(RULES_MAX)
    def soft_rules(self, info: Info) -> list[SoftRuleType]:
        """The soft rules: gates, flags and reports, in the order of the domain's table."""
        rules = info.context.command_bus.rules.values()
        return [SoftRuleType.of(rule) for rule in sorted(rules, key=lambda rule: rule.row)]

    @field
    @shareable
    async def deviation(self, info: Info, id: Id, as_of: PastState = None) -> DeviationType | None:
        """The deviation with this id."""
        return await DeviationType.find(parse_id(id), await loaders_at(info.context, as_of))


@object_type
class DeviationSubscription:
    """Subscriptions to deviations."""

    @subscription
    @shareable
    async def deviation_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[DeviationType], None]:
        """Deviations of a cycle, as they are recorded."""
        async for change in watch(info, DeviationType, after, ListKey(cycle_id(year))):
            yield change


DEVIATION_SCHEMA = SchemaPart(
    nodes=(DeviationType,),
    enums=(RuleStrength,),
    queries=(DeviationQuery,),
    subscriptions=(DeviationSubscription,),
    extends={
        "Cycle": {"deviations": deviations_of_cycle, "deviation_counts": deviation_counts},
        "Group": {"deviations": deviations_of_group, "deviation_counts": deviation_counts},
        **{
            name: {"deviations": deviations_of_subject}
            for name in ("Decision", "Draft", "Meeting", "Outline", "Proposal")
        },
    },
)
