"""The part of the domain about statements on proposals."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.statement import handlers
from intersessional.domain.statement.commands import RecordStatement, WithdrawStatement
from intersessional.domain.statement.refusals import (
    RevisionNotThere,
    StatementIsWithdrawn,
    StatementOfAnother,
)
from intersessional.domain.statement.statement import Statement

STATEMENT_PART = DomainPart(
    aggregates=(Statement,),
    command_handlers=(
        CommandHandler(RecordStatement, handlers.record_statement, (RevisionNotThere,)),
        CommandHandler(
            WithdrawStatement,
            handlers.withdraw_statement,
            (StatementIsWithdrawn, StatementOfAnother),
        ),
    ),
)
