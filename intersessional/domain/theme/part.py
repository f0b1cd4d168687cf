"""The part of the domain about themes."""

from intersessional.domain.kernel.command_handler import CommandHandler
from intersessional.domain.kernel.domain_part import DomainPart
from intersessional.domain.theme import handlers
from intersessional.domain.theme.commands import RecordThemeYear
from intersessional.domain.theme.theme import Theme

THEME_PART = DomainPart(
    aggregates=(Theme,),
    command_handlers=(CommandHandler(RecordThemeYear, handlers.record_theme_year),),
)
