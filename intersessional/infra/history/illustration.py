"""The illustration: invented drafts with comments; every event is marked as one."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.importer.history import History, parse_history
from intersessional.infra.importer.importer import ImportSummary, import_history
from intersessional.projections.kernel.reader import EventReader

_FILES = tuple(
    Path(__file__).with_name(name) for name in ("illustration.yaml", "illustration-drafts.yaml")
)
_DAY = re.compile(r"<today(?P<days>[+-]\d+)?>")


async def illustrate(
    command_bus: CommandBus,
    record: EventReader,
    command_handlers: Iterable[CommandHandler],
    today: date,
    progress: Callable[[str], None] = lambda _: None,
) -> ImportSummary:
    """Record the illustration, unless one is recorded already, of any day.

    Its annual meeting begins four weeks after today, so its comment window is open.
    """
    handlers = tuple(command_handlers)
    history = illustration(today)
    first = CommandBuilder(handlers).build(history)[0].envelope.command.created_id
    head = await record.head()
    if await record.count([first], head):
        return ImportSummary(recorded=0, repeated=len(history.entries), position=head)
    return await import_history(command_bus, [history], handlers, progress)


def illustration(today: date) -> History:
    """The illustration for a day."""

    def day(match: re.Match[str]) -> str:
        return (today + timedelta(days=int(match["days"] or 0))).isoformat()

    def part(file: Path) -> History:
        text = file.read_text(encoding="utf-8").replace("<year>", str(today.year))
        return parse_history(str(file), _DAY.sub(day, text))

    cycle, drafts = map(part, _FILES)
    return History(cycle.name, (*cycle.entries, *drafts.entries))
