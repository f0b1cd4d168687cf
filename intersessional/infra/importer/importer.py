"""Imports histories in one append, completely or not at all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from intersessional.domain.command_handling.command_bus import CommandBus, CommandRefused
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.kernel.refusals import BadValue, CommandReused, Refused
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.importer.errors import HistoryImportError
from intersessional.infra.importer.history import History, HistoryEntry
from intersessional.infra.importer.yaml_node import YamlNode

_REUSED = (
    "an entry with this key, of a history of this name, was recorded before, and said something"
    " else. What is recorded stays: correct it by a further entry (CorrectFact); or, where this"
    " is another thing, give the entry another key, or the history another name."
)


@dataclass(frozen=True, kw_only=True)
class ImportSummary:
    """The number of newly and of earlier recorded commands, and the last position."""

    recorded: int
    repeated: int
    position: int


async def import_history(
    command_bus: CommandBus,
    histories: Sequence[History],
    command_handlers: Iterable[CommandHandler],
    progress: Callable[[str], None] = lambda _: None,
) -> ImportSummary:
    """Record the commands of histories that are not recorded yet. Raises HistoryImportError.

    A history may use the local names of the histories before it.
    """
    builder = CommandBuilder(command_handlers)
    entry_commands = [one for history in histories for one in builder.build(history)]
    names = ", ".join(history.name for history in histories)
    progress(f"Recording {len(entry_commands)} commands of {names}.")
    try:
        results = await command_bus.submit_all([one.envelope for one in entry_commands])
    except CommandRefused as error:
        raise refusal_at(entry_commands[error.place].entry, error.refused) from error
    repeated = sum(one.repeated for one in results)
    summary = ImportSummary(
        recorded=len(results) - repeated,
        repeated=repeated,
        position=max((one.position for one in results), default=0),
    )
    progress(f"Recorded {summary.recorded} commands; {repeated} had been recorded before.")
    return summary


def refusal_at(entry: HistoryEntry, refused: Refused) -> HistoryImportError:
    """The error for a refusal, at the line of the refused field, else of the entry."""
    node = _node_at(entry, refused.field) if isinstance(refused, BadValue) else entry.node
    problem = _REUSED if isinstance(refused, CommandReused) else str(refused)
    return HistoryImportError(
        file=node.file, line=node.line, code=refused.code, problem=f"{entry.key}: {problem}"
    )


def _node_at(entry: HistoryEntry, path: str) -> YamlNode:
    """The node at a path in the fields or the overrides of an entry, or the deepest before it."""
    deepest, child = entry.node, entry.fields.child
    if path.startswith("overrides."):
        child = entry.node.child
    for step in path.split("."):
        node = child(step)
        if node is None:
            break
        deepest, child = node, node.child
    return deepest
