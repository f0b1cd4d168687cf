"""The part of the domain about statistics."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.statistic import handlers
from intersessional.domain.statistic.commands import ReportStatistic
from intersessional.domain.statistic.refusals import TotalDiffers
from intersessional.domain.statistic.statistic import Statistic

STATISTIC_PART = DomainPart(
    aggregates=(Statistic,),
    command_handlers=(CommandHandler(ReportStatistic, handlers.report_statistic, (TotalDiffers,)),),
)
