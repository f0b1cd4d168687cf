"""The illustration: something to comment on, marked as made up in every event."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from intersessional.domain.door import Answer
from intersessional.infra.door import RecordDoor
from intersessional.infra.importing.history import History, parse_history
from intersessional.infra.importing.importer import Imported, import_history
from intersessional.infra.importing.orders import Orders
from intersessional.projections.reader import Record

_FILE = Path(__file__).with_name("illustration.yaml")
_DAY = re.compile(r"<today(?P<days>[+-]\d+)?>")


async def illustrate(
    door: RecordDoor,
    record: Record,
    answers: Iterable[Answer],
    today: date,
    progress: Callable[[str], None] = lambda _: None,
) -> Imported:
    """Record the illustration, unless there is one already, whichever day it was made for.

    Its annual meeting begins four weeks after today, so its comment window is open.
    """
    answers = tuple(answers)
    history = illustration(today)
    first = Orders(answers).of(history)[0].order.command.begins
    head = await record.head()
    if await record.count([first], head):
        return Imported(recorded=0, repeated=len(history.entries), position=head)
    return await import_history(door, [history], answers, progress)


def illustration(today: date) -> History:
    """The illustration as it is told on a day."""

    def day(found: re.Match[str]) -> str:
        return (today + timedelta(days=int(found["days"] or 0))).isoformat()

    text = _FILE.read_text(encoding="utf-8").replace("<year>", str(today.year))
    return parse_history(str(_FILE), _DAY.sub(day, text))
