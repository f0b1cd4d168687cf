"""The part of the domain about nominations of co-facilitators."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.proposal.refusals import NotAProposer, ProposalFrozen
from intersessional.domain.roster import handlers
from intersessional.domain.roster.commands import (
    ConfirmCoFacilitator,
    NominateCoFacilitator,
    ReplaceCoFacilitator,
)
from intersessional.domain.roster.refusals import NotNominated
from intersessional.domain.roster.roster import Roster

_NOMINATED = (LimitReached, NotAProposer, ProposalFrozen)

ROSTER_PART = DomainPart(
    aggregates=(Roster,),
    command_handlers=(
        CommandHandler(NominateCoFacilitator, handlers.nominate_co_facilitator, _NOMINATED),
        CommandHandler(
            ReplaceCoFacilitator, handlers.replace_co_facilitator, (*_NOMINATED, NotNominated)
        ),
        CommandHandler(
            ConfirmCoFacilitator, handlers.confirm_co_facilitator, (NotNominated, ProposalFrozen)
        ),
    ),
)
