"""The part of the domain about decisions."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision import handlers
from intersessional.domain.decision.commands import RecordDecision
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import (
    AssessmentRequired,
    MeetingRequired,
    RationaleRequired,
)
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.group_kind.refusals import UnknownGroupKind
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.proposal.refusals import CoFacilitatorsMissing, ProposalFrozen

DECISION_PART = DomainPart(
    aggregates=(Decision,),
    command_handlers=(
        CommandHandler(
            RecordDecision,
            handlers.record_decision,
            (
                AssessmentRequired,
                CapExceeded,
                CoFacilitatorsMissing,
                GroupHasConcluded,
                LimitReached,
                MeetingRequired,
                ProposalFrozen,
                RationaleRequired,
                UnknownGroupKind,
            ),
        ),
    ),
)
