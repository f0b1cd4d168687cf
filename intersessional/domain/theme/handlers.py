"""How commands about themes are answered."""

from uuid import UUID

from intersessional.domain.act import Act, Role
from intersessional.domain.desk import Desk
from intersessional.domain.ids import theme_id
from intersessional.domain.numbers import FIRST_IGF, LAST_YEAR, whole
from intersessional.domain.refused import AlreadyRecorded
from intersessional.domain.texts import name, slug
from intersessional.domain.theme.commands import RecordThemeYear
from intersessional.domain.theme.theme import Theme


async def record_theme_year(command: RecordThemeYear, desk: Desk) -> UUID:
    """Answer RecordThemeYear: a theme is worked on at most once a year."""
    act = await desk.act_as(Role.SECRETARIAT)
    year = whole("year", command.year, FIRST_IGF, LAST_YEAR)
    await desk.find(Theme, theme_id(command.theme), command.expected_version)
    theme = await name_theme(command.theme, desk, act)
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


async def name_theme(key: str, desk: Desk, act: Act) -> Theme:
    """The theme of this key, named now if the record did not know it."""
    id = theme_id(slug("theme", key))
    if await desk.find(Theme, id) is None:
        desk.add(Theme.begin(Theme.Named, id=id, act=act, key=key))
    return await desk.load(Theme, id)
