"""Importing histories: everything they tell in one append, or nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from intersessional.domain.kernel.command_bus import CommandBus, CommandRefused
from intersessional.domain.kernel.command_handler import CommandHandler
from intersessional.domain.kernel.refusals import BadValue, Refused
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.importer.errors import HistoryImportError
from intersessional.infra.importer.history import History, HistoryEntry
from intersessional.infra.importer.yaml_node import YamlNode


@dataclass(frozen=True, kw_only=True)
class ImportSummary:
    """How many commands were recorded now, how many had been before, and up to which position."""

    recorded: int
    repeated: int
    position: int


async def import_history(
    command_bus: CommandBus,
    histories: Sequence[History],
    answers: Iterable[CommandHandler],
    progress: Callable[[str], None] = lambda _: None,
) -> ImportSummary:
    """Record what histories tell that is not in the record yet. Raises HistoryImportError.

    A history may name what the histories before it began.
    """
    orders = CommandBuilder(answers)
    told = [one for history in histories for one in orders.of(history)]
    names = ", ".join(history.name for history in histories)
    progress(f"Recording {len(told)} commands of {names}.")
    try:
        done = await command_bus.submit_all([one.order for one in told])
    except CommandRefused as error:
        raise _refused(told[error.place].entry, error.refused) from error
    repeated = sum(one.repeated for one in done)
    imported = ImportSummary(
        recorded=len(done) - repeated,
        repeated=repeated,
        position=max((one.position for one in done), default=0),
    )
    progress(f"Recorded {imported.recorded} commands; {repeated} had been recorded before.")
    return imported


def _refused(entry: HistoryEntry, refused: Refused) -> HistoryImportError:
    """What the domain refused, at the line of the field that it names, else of the entry."""
    part = _named(entry, refused.field) if isinstance(refused, BadValue) else entry.whole
    return HistoryImportError(
        file=part.file, line=part.line, code=refused.code, problem=f"{entry.key}: {refused}"
    )


def _named(entry: HistoryEntry, path: str) -> YamlNode:
    """The innermost part on the way to a field that stands in the file."""
    found, inner = entry.whole, entry.fields.inner
    for step in path.split("."):
        part = inner(step)
        if part is None:
            break
        found, inner = part, part.inner
    return found
