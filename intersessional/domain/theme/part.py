"""The part of the domain about themes."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.theme import handlers
from intersessional.domain.theme.commands import LinkThemeGroup, RecordThemeYear
from intersessional.domain.theme.theme import Theme

THEME_PART = DomainPart(
    aggregates=(Theme,),
    command_handlers=(
        CommandHandler(RecordThemeYear, handlers.record_theme_year),
        CommandHandler(LinkThemeGroup, handlers.link_theme_group),
    ),
)
