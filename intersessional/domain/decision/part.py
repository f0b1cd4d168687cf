"""The part of the domain about decisions."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.consolidation.refusals import ConsolidationIsDone
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision import handlers
from intersessional.domain.decision.commands import RecordDecision
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import (
    AssessmentRequired,
    DecisionRequired,
    DecisionSettled,
    MeetingRequired,
    ObjectionPeriodOpen,
    ObjectionPeriodOver,
    ObjectionsOpen,
    RationaleRequired,
)
from intersessional.domain.decision.steps import handlers as step_handlers
from intersessional.domain.decision.steps.commands import (
    AnnulDecision,
    BlockDecision,
    ObjectToDecision,
    ProposeDecision,
    SupersedeDecision,
    TakeDecision,
    WithdrawObjection,
)
from intersessional.domain.group.refusals import GroupHasConcluded, GroupNotEstablished
from intersessional.domain.group_kind.refusals import UnknownGroupKind
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.proposal.refusals import CoFacilitatorsMissing, ProposalFrozen

_OF_OUTCOMES = (
    AssessmentRequired,
    CapExceeded,
    CoFacilitatorsMissing,
    GroupHasConcluded,
    GroupNotEstablished,
    LimitReached,
    MeetingRequired,
    ProposalFrozen,
    ConsolidationIsDone,
    RationaleRequired,
    UnknownGroupKind,
)

DECISION_PART = DomainPart(
    aggregates=(Decision,),
    command_handlers=(
        CommandHandler(RecordDecision, handlers.record_decision, _OF_OUTCOMES),
        CommandHandler(ProposeDecision, step_handlers.propose_decision, (MeetingRequired,)),
        CommandHandler(
            ObjectToDecision,
            step_handlers.object_to_decision,
            (DecisionSettled, LimitReached, ObjectionPeriodOver),
        ),
        CommandHandler(WithdrawObjection, step_handlers.withdraw_objection, (DecisionSettled,)),
        CommandHandler(
            TakeDecision,
            step_handlers.take_decision,
            (*_OF_OUTCOMES, DecisionSettled, ObjectionPeriodOpen, ObjectionsOpen),
        ),
        CommandHandler(BlockDecision, step_handlers.block_decision, (DecisionSettled,)),
        CommandHandler(SupersedeDecision, step_handlers.supersede_decision, (DecisionSettled,)),
        CommandHandler(
            AnnulDecision, step_handlers.annul_decision, (DecisionRequired, DecisionSettled)
        ),
    ),
)
