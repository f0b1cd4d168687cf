"""The part of the domain about corrections."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.correction import handlers
from intersessional.domain.correction.commands import CorrectFact
from intersessional.domain.kernel.refusals import LimitReached

CORRECTION_PART = DomainPart(
    command_handlers=(CommandHandler(CorrectFact, handlers.correct_fact, (LimitReached,)),),
)
