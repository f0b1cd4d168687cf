"""The part of the domain about policies."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.policy import handlers
from intersessional.domain.policy.commands import RecordPolicy
from intersessional.domain.policy.policy import Policy

POLICY_PART = DomainPart(
    aggregates=(Policy,),
    command_handlers=(
        CommandHandler(RecordPolicy, handlers.record_policy, (DecisionRequired, LimitReached)),
    ),
)
