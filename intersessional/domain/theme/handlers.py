"""How commands about themes are answered."""

from uuid import UUID

from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.ids import theme_id
from intersessional.domain.kernel.numbers import FIRST_IGF, LAST_YEAR, bounded_int
from intersessional.domain.kernel.refusals import AlreadyRecorded
from intersessional.domain.kernel.texts import name, validated_slug
from intersessional.domain.theme.commands import RecordThemeYear
from intersessional.domain.theme.theme import Theme


async def record_theme_year(command: RecordThemeYear, context: CommandContext) -> UUID:
    """Answer RecordThemeYear: a theme is worked on at most once a year."""
    act = await context.act_as(Role.SECRETARIAT)
    year = bounded_int("year", command.year, FIRST_IGF, LAST_YEAR)
    await context.find(Theme, theme_id(command.theme), command.expected_version)
    theme = await name_theme(command.theme, context, act)
    if year in theme.years:
        raise AlreadyRecorded(kind="theme year", id=theme.id)
    theme.record(
        Theme.WorkedOn,
        act=act,
        year=year,
        title=name("title", command.title),
        group_id=None,
    )
    return theme.id


async def name_theme(key: str, context: CommandContext, act: Act) -> Theme:
    """The theme of this key, named now if the record did not know it."""
    id = theme_id(validated_slug("theme", key))
    if await context.find(Theme, id) is None:
        context.add(Theme.begin(Theme.Named, id=id, act=act, key=key))
    return await context.load(Theme, id)
