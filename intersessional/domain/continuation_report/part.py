"""The part of the domain about continuation reports."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.continuation_report import handlers
from intersessional.domain.continuation_report.commands import (
    ConsiderContinuationReport,
    RecordMissingContinuationReport,
    ReportContinuation,
)
from intersessional.domain.continuation_report.continuation_report import ContinuationReport
from intersessional.domain.continuation_report.refusals import ContinuationReportRequired
from intersessional.domain.kernel.refusals import LimitReached

CONTINUATION_PART = DomainPart(
    aggregates=(ContinuationReport,),
    command_handlers=(
        CommandHandler(ReportContinuation, handlers.report_continuation, (LimitReached,)),
        CommandHandler(
            ConsiderContinuationReport,
            handlers.consider_continuation_report,
            (ContinuationReportRequired,),
        ),
        CommandHandler(
            RecordMissingContinuationReport, handlers.record_missing_continuation_report
        ),
    ),
)
