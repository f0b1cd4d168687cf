"""The part of the domain about consolidations of proposals."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.consolidation import handlers
from intersessional.domain.consolidation.commands import (
    ConsentToConsolidation,
    SuggestConsolidation,
)
from intersessional.domain.consolidation.consolidation import Consolidation
from intersessional.domain.consolidation.refusals import ConsolidationIsDone
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.proposal.refusals import NotAProposer, ProposalFrozen

CONSOLIDATION_PART = DomainPart(
    aggregates=(Consolidation,),
    command_handlers=(
        CommandHandler(SuggestConsolidation, handlers.suggest_consolidation, (ProposalFrozen,)),
        CommandHandler(
            ConsentToConsolidation,
            handlers.consent_to_consolidation,
            (ConsolidationIsDone, LimitReached, NotAProposer),
        ),
    ),
)
