"""Handlers of the commands about themes."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import theme_id
from intersessional.domain.theme.commands import LinkThemeGroup, RecordThemeYear
from intersessional.domain.theme.theme import Theme


async def record_theme_year(command: RecordThemeYear, context: CommandContext) -> UUID:
    """Record an earlier year of work on a theme, new or registered."""
    act = await context.act_as(Role.SECRETARIAT)
    Theme.check_year(command.year)
    await context.find(Theme, theme_id(command.theme), command.expected_version)
    theme = await find_or_register_theme(command.theme, context, act)
    if command.group is not None:
        await context.load(Group, command.group)
    theme.record_year(act, year=command.year, title=command.title, group_id=command.group)
    return theme.id


async def link_theme_group(command: LinkThemeGroup, context: CommandContext) -> UUID:
    """Link the group of an earlier year, as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT)
    theme = await context.load(Theme, theme_id(command.theme), command.expected_version)
    group = await context.load(Group, command.group)
    theme.link_group(act, year=command.year, group=group)
    return theme.id


async def find_or_register_theme(key: str, context: CommandContext, act: Act) -> Theme:
    """The theme of this key, registered now if it is not in the record. Raises BadValue."""
    theme = await context.find(Theme, theme_id(key))
    if theme is None:
        theme = Theme.register(act, key)
        context.add(theme)
    return theme
