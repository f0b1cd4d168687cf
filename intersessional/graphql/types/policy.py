"""Policies in the API."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.kernel.ids import policy_id
from intersessional.domain.policy.policy_value import PolicyValueKind
from intersessional.graphql.reasons.cap_reasons import policy_reasons
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.relay.reason import Reason
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.values.rule import RuleType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.policies import POLICIES, PolicyDocument, RuleDocument

PolicyKey = Annotated[
    str, strawberry.argument(description="The key of the policy, such as `BPF_CAP`.")
]


@object_type
class PolicyType(DocumentNode[PolicyDocument], RuleType):
    """The rule in force on one matter in a cycle or in all, with those it superseded."""

    view: ClassVar[AnyView] = POLICIES

    @property
    def rules(self) -> Sequence[RuleDocument]:
        """The earlier rules, in order of effect, then the rule in force."""
        return self.document.rules

    @field
    def key(self) -> str:
        """The matter that it rules on."""
        return self.document.key

    async def reasons(self) -> Sequence[Reason]:
        """The rule in force and those before it, with what each rests on."""
        return policy_reasons(self.document)


async def policy_of_year(year: int, key: str, loaders: Loaders) -> PolicyType | None:
    """The policy in force on a matter in a cycle: the cycle's own, else the general one."""
    scopes = [policy_id(year, key), policy_id(None, key)]
    return next(iter(await PolicyType.find_all(scopes, loaders)), None)


@object_type
class PolicyQuery:
    """Queries of general policies; those of a cycle are fields of the cycle."""

    @field
    @shareable
    async def policy(
        self, info: Info, key: PolicyKey, as_of: PastState = None
    ) -> PolicyType | None:
        """The general policy on a matter: it holds where a cycle has none of its own."""
        return await PolicyType.find(policy_id(None, key), await loaders_at(info.context, as_of))

    @field
    @shareable
    async def policies(
        self, info: Info, first: First = 20, after: After = None, as_of: PastState = None
    ) -> Connection[PolicyType] | None:
        """All general policies."""
        loaders = await loaders_at(info.context, as_of)
        return await PolicyType.page(None, loaders, first=first, after=after)


POLICY_SCHEMA = SchemaPart(
    nodes=(PolicyType,),
    enums=(PolicyValueKind,),
    queries=(PolicyQuery,),
)
