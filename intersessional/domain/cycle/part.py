"""The part of the domain about cycles."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.cycle import handlers
from intersessional.domain.cycle.commands import (
    AssessResources,
    OpenCycle,
    SetDeadlineBeforeMeeting,
    SetProposalDeadline,
)
from intersessional.domain.cycle.cycle import Cycle

CYCLE_PART = DomainPart(
    aggregates=(Cycle,),
    command_handlers=(
        CommandHandler(OpenCycle, handlers.open_cycle),
        CommandHandler(SetDeadlineBeforeMeeting, handlers.set_deadline_before_meeting),
        CommandHandler(SetProposalDeadline, handlers.set_proposal_deadline),
        CommandHandler(AssessResources, handlers.assess_resources),
    ),
)
