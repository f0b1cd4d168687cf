"""Importing histories: everything they tell in one append, or nothing."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from intersessional.domain.door import Answer
from intersessional.domain.refused import BadValue, Refused
from intersessional.infra.door import OrderRefused, RecordDoor
from intersessional.infra.importing.history import Entry, History
from intersessional.infra.importing.orders import Orders
from intersessional.infra.importing.part import Part
from intersessional.infra.importing.refused import ImportRefused


@dataclass(frozen=True, kw_only=True)
class Imported:
    """How many commands were recorded now, how many had been before, and up to which position."""

    recorded: int
    repeated: int
    position: int


async def import_history(
    door: RecordDoor,
    histories: Sequence[History],
    answers: Iterable[Answer],
    progress: Callable[[str], None] = lambda _: None,
) -> Imported:
    """Record what histories tell that is not in the record yet. Raises ImportRefused.

    A history may name what the histories before it began.
    """
    orders = Orders(answers)
    told = [one for history in histories for one in orders.of(history)]
    names = ", ".join(history.name for history in histories)
    progress(f"Recording {len(told)} commands of {names}.")
    try:
        done = await door.submit_all([one.order for one in told])
    except OrderRefused as error:
        raise _refused(told[error.place].entry, error.refused) from error
    repeated = sum(one.repeated for one in done)
    imported = Imported(
        recorded=len(done) - repeated,
        repeated=repeated,
        position=max((one.position for one in done), default=0),
    )
    progress(f"Recorded {imported.recorded} commands; {repeated} had been recorded before.")
    return imported


def _refused(entry: Entry, refused: Refused) -> ImportRefused:
    """What the domain refused, at the line of the field that it names, else of the entry."""
    part = _named(entry, refused.field) if isinstance(refused, BadValue) else entry.whole
    return ImportRefused(
        file=part.file, line=part.line, code=refused.code, problem=f"{entry.key}: {refused}"
    )


def _named(entry: Entry, path: str) -> Part:
    """The innermost part on the way to a field that stands in the file."""
    found, inner = entry.whole, entry.fields.inner
    for step in re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", path).split("."):
        part = inner(step)
        if part is None:
            break
        found, inner = part, part.inner
    return found
