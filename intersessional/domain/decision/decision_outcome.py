"""Outcomes of decisions, and the kinds of decision that they make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class DecisionKind(Enum):
    """The kind of a decision; a decision can be of several kinds."""

    POLICY = "POLICY"
    """It sets a policy."""
    SELECTION = "SELECTION"
    """It selects among proposals."""
    GROUPS = "GROUPS"
    """It establishes or renews groups that need no proposal."""
    PROCEDURE = "PROCEDURE"
    """It has no outcomes."""


class OutcomeKind(Enum):
    """The kind of an outcome."""

    POLICY_SET = "POLICY_SET"
    """The policy became the rule; it replaced the rule that held before it, if there was one."""
    PROPOSAL_APPROVED = "PROPOSAL_APPROVED"
    """The proposal was approved, and its group established."""
    PROPOSAL_DECLINED = "PROPOSAL_DECLINED"
    """The proposal was declined."""
    PROPOSAL_DEFERRED = "PROPOSAL_DEFERRED"
    """The decision on the proposal was postponed."""
    PROPOSAL_REDIRECTED = "PROPOSAL_REDIRECTED"
    """The proposal was redirected to another format."""
    PROPOSAL_MERGED = "PROPOSAL_MERGED"
    """The proposal was merged from others."""
    GROUP_ESTABLISHED = "GROUP_ESTABLISHED"
    """The group was established without a proposal."""
    GROUP_RENEWED = "GROUP_RENEWED"
    """The group was renewed for the cycle."""


@dataclass(frozen=True)
class Outcome:
    """An outcome of a decision, with the id of what it changed."""

    kind: OutcomeKind
    subject: UUID


_KINDS = {
    OutcomeKind.POLICY_SET: DecisionKind.POLICY,
    OutcomeKind.PROPOSAL_APPROVED: DecisionKind.SELECTION,
    OutcomeKind.PROPOSAL_DECLINED: DecisionKind.SELECTION,
    OutcomeKind.PROPOSAL_DEFERRED: DecisionKind.SELECTION,
    OutcomeKind.PROPOSAL_REDIRECTED: DecisionKind.SELECTION,
    OutcomeKind.PROPOSAL_MERGED: DecisionKind.SELECTION,
    OutcomeKind.GROUP_ESTABLISHED: DecisionKind.GROUPS,
    OutcomeKind.GROUP_RENEWED: DecisionKind.GROUPS,
}


def decision_kinds(outcomes: Iterable[Outcome]) -> Sequence[DecisionKind]:
    """The kinds of a decision with these outcomes, in their order; PROCEDURE without any."""
    return kinds_of(outcome.kind for outcome in outcomes)


def kinds_of(outcome_kinds: Iterable[OutcomeKind]) -> Sequence[DecisionKind]:
    """The kinds of a decision with outcomes of these kinds, in their order."""
    kinds = dict.fromkeys(_KINDS[kind] for kind in outcome_kinds)
    return tuple(kinds) or (DecisionKind.PROCEDURE,)
