"""What policies rest on, and how many groups a cycle has."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

from intersessional.domain.group_kind.group_kind_rules import BEST_PRACTICE_FORUM
from intersessional.domain.kernel.fact import Fact, facts_of
from intersessional.domain.kernel.ids import policy_id, source_id
from intersessional.domain.policy.policy_form import BPF_CAP
from intersessional.domain.policy.policy_value import PolicyValue
from intersessional.graphql.relay.reason import Reason, ReasonEvent, ReasonKind
from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.cycles import CycleDocument
from intersessional.projections.groups import GROUPS, GroupDocument
from intersessional.projections.kernel.view import ListKey
from intersessional.projections.policies import POLICIES, PolicyDocument, RuleDocument

_RULES_MAX = 5
"""Rules on one matter that are shown, the last ones."""
_GROUPS_MAX = 12
"""Approved groups that are shown."""


async def cycle_reasons(id: UUID, cycle: CycleDocument, loaders: Loaders) -> list[Reason]:
    """The approvals of Best Practice Forums, and the rules on how many there may be."""
    found = await asyncio.gather(
        *(loaders.get(POLICIES, policy_id(year, BPF_CAP)) for year in (cycle.year, None))
    )
    policy = next((one.document for one in found if one is not None), None)
    rules = [] if policy is None else policy_reasons(policy)
    if policy is None:
        rules = [Reason(kind=ReasonKind.RULE, is_given=False, historical=True)]
    page = await loaders.page(GROUPS, ListKey(id, BEST_PRACTICE_FORUM), first=_GROUPS_MAX)
    approvals = Reason(
        kind=ReasonKind.APPROVALS,
        facts=facts_of(
            {
                "approved": cycle.count_admitted(BPF_CAP),
                "cap": None if policy is None else policy.rules[-1].value.number,
            }
        ),
        because=[*_approvals([(one.key, one.document) for one in page.items])],
    )
    return [approvals, *rules]


def _approvals(groups: list[tuple[UUID, GroupDocument]]) -> Iterator[Reason]:
    """Each decision that approved some of the groups, then the groups."""
    decisions = dict.fromkeys(group.decision_id for _, group in groups)
    for one in decisions:
        if one is not None:
            yield Reason(kind=ReasonKind.DECISION, subject=one)
    for key, _ in groups:
        yield Reason(kind=ReasonKind.GROUP, subject=key)


def policy_reasons(policy: PolicyDocument) -> list[Reason]:
    """The rule in force and those before it, each with the decision or the source it rests on."""
    latest = policy.rules[-1]
    return [
        _rule(ReasonKind.RULE if rule is latest else ReasonKind.SUPERSEDED_RULE, policy.key, rule)
        for rule in (*reversed(policy.rules[-_RULES_MAX:]),)
    ]


def _rule(kind: ReasonKind, key: str, rule: RuleDocument) -> Reason:
    return Reason(
        kind=kind,
        event=ReasonEvent(position=rule.position),
        facts=(Fact("policy", word=key), *_value(rule.value)),
        text=rule.value.text,
        because=[*_basis(rule)],
    )


def _value(value: PolicyValue) -> tuple[Fact, ...]:
    """The value; a text is no fact, but the text of the reason."""
    return facts_of(
        {
            "value": value.number,
            "days": value.days,
            "date": value.date,
            "keys": [*value.keys],
        }
    )


def _basis(rule: RuleDocument) -> Iterator[Reason]:
    basis = rule.basis
    if basis.decision_id is not None:
        yield Reason(kind=ReasonKind.DECISION, subject=basis.decision_id)
    if basis.source is not None:
        yield Reason(kind=ReasonKind.DECISION, is_given=False, historical=True)
        yield Reason(kind=ReasonKind.SOURCE, subject=source_id(basis.source), text=basis.words)
    if basis.document_id is not None:
        yield Reason(kind=ReasonKind.BASIS, subject=basis.document_id)
