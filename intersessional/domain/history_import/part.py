"""The part of the domain about imports of history."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.history_import import handlers
from intersessional.domain.history_import.commands import ImportHistory
from intersessional.domain.history_import.history_import import HistoryImport
from intersessional.domain.history_import.refusals import HistoryRefused, OutcomeChanged

HISTORY_IMPORT_PART = DomainPart(
    aggregates=(HistoryImport,),
    command_handlers=(
        CommandHandler(ImportHistory, handlers.import_history, (HistoryRefused, OutcomeChanged)),
    ),
)
