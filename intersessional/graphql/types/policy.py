"""Policies in the API."""

from collections.abc import Sequence
from typing import ClassVar

from intersessional.domain.policy.policy import PolicyKey
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.values.rule import RuleType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.policies import POLICIES, PolicyDocument, RuleDocument


@object_type
class PolicyType(DocumentNode[PolicyDocument], RuleType):
    """The rule in force on one matter in a cycle, with those it superseded."""

    view: ClassVar[AnyView] = POLICIES

    @property
    def rules(self) -> Sequence[RuleDocument]:
        """The earlier rules, oldest first, then the rule in force."""
        return self.document.rules

    @field
    def key(self) -> PolicyKey:
        """The matter that it rules on."""
        return self.document.key


POLICY_SCHEMA = SchemaPart(
    nodes=(PolicyType,),
    enums=(PolicyKey,),
)
