"""Imports of the Secretariat: a file is checked, then recorded as it was shown (ADR 0061)."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

from intersessional.domain.command_handling.command_bus import CommandBus, CommandRefused
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.command_preview import CommandPreview
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.event_store import HandledCommand
from intersessional.domain.history_import.commands import ImportHistory
from intersessional.domain.history_import.history_import import ENTRIES_MAX
from intersessional.domain.history_import.refusals import HistoryRefused, OutcomeChanged
from intersessional.domain.kernel.caller import Caller
from intersessional.graphql.request.history_importer import (
    TEXT_BYTES_MAX,
    CheckedEntry,
    CheckedFile,
    CheckedHistory,
    ImportProblem,
)
from intersessional.infra.importer.command_builder import CommandBuilder, EntryCommand
from intersessional.infra.importer.errors import HistoryImportError, ImportFault
from intersessional.infra.importer.history import History, parse_history
from intersessional.infra.importer.importer import refusal_at
from intersessional.infra.importer.outcome_digest import outcome_digest
from intersessional.infra.importer.secretariat_rules import SecretariatRules

_FILE = "file"
"""Stands for the name of a file that was sent."""
_REPLACEMENT = "\ufffd"
"""Stands for bytes that are no UTF-8 (Unicode §3.9)."""


@dataclass(frozen=True)
class _ReadFile:
    """The entries of a file, each with its command or what is wrong with it."""

    history: History
    built: Sequence[EntryCommand | HistoryImportError]

    @property
    def commands(self) -> Sequence[EntryCommand]:
        return [one for one in self.built if isinstance(one, EntryCommand)]


class CheckedImporter:
    """The ``HistoryImporter`` of the API."""

    def __init__(self, command_bus: CommandBus, command_handlers: Iterable[CommandHandler]) -> None:
        """Imports only commands that have a handler."""
        self._command_bus = command_bus
        self._command_handlers = tuple(command_handlers)

    async def check(self, text: str) -> CheckedHistory:
        """What an import of a file would record now; nothing is recorded. Raises Unanswerable."""
        try:
            read = await self._read(text)
        except HistoryImportError as error:
            return CheckedHistory(problem=_problem(error))
        previews = await self._command_bus.preview_all([one.envelope for one in read.commands])
        entries = _checked(read, previews)
        new = [one.handled for one in previews if one.handled is not None]
        is_sound = all(one.events or one.repeated for one in entries)
        return CheckedHistory(
            history=read.history.name,
            entries=entries,
            outcome=outcome_digest(text, new) if new and is_sound else None,
        )

    async def record(self, file: CheckedFile, caller: Caller) -> CommandResult:
        """Record the entries of a file in one append, if the outcome is the one that was shown.

        Raises Refused: HistoryRefused, OutcomeChanged, and what the role of the caller gives.
        """
        try:
            read = await self._read(file.text)
            for one in read.built:
                if isinstance(one, HistoryImportError):
                    raise one
        except HistoryImportError as error:
            raise _refused(error) from None
        command = ImportHistory(
            command_id=file.command_id,
            history=read.history.name,
            digest=sha256(file.text.encode()).hexdigest(),
            entries=len(read.built),
        )
        envelopes = [
            CommandEnvelope.from_client(command, caller),
            *(one.envelope for one in read.commands),
        ]
        try:
            results = await self._command_bus.submit_all(envelopes, partial(_check, file))
        except CommandRefused as error:
            if error.place == 0:
                raise error.refused from None
            entry = read.commands[error.place - 1].entry
            raise _refused(refusal_at(entry, error.refused)) from None
        return results[0]

    async def _read(self, text: str) -> _ReadFile:
        """The entries of a file. Raises HistoryImportError for one that cannot be read."""
        read = await asyncio.to_thread(self._parse, text)
        rules = SecretariatRules(self._command_bus, read.commands)
        built = [
            (await rules.problem(one) or one) if isinstance(one, EntryCommand) else one
            for one in read.built
        ]
        return _ReadFile(read.history, built)

    def _parse(self, text: str) -> _ReadFile:
        _check_size(text)
        history = parse_history(_FILE, text)
        if len(history.entries) > ENTRIES_MAX:
            node = history.entries[ENTRIES_MAX].node
            raise node.error(ImportFault.TOO_LARGE, f"a file has at most {ENTRIES_MAX} entries.")
        return _ReadFile(history, CommandBuilder(self._command_handlers).build_each(history))


def _check_size(text: str) -> None:
    """Check that a file is text, and not too large. Raises HistoryImportError."""
    before, replaced, _ = text.partition(_REPLACEMENT)
    if replaced:
        line, problem = before.count("\n") + 1, "it is not text in UTF-8, or holds U+FFFD."
        fault = ImportFault.NOT_YAML
        raise HistoryImportError(file=_FILE, line=line, code=fault, problem=problem)
    if len(text.encode()) > TEXT_BYTES_MAX:
        problem = f"a file has at most {TEXT_BYTES_MAX} bytes."
        raise HistoryImportError(file=_FILE, line=1, code=ImportFault.TOO_LARGE, problem=problem)


def _check(file: CheckedFile, commands: Sequence[HandledCommand]) -> None:
    """Check that the entries record what was shown. Raises OutcomeChanged."""
    entries = [one for one in commands if not isinstance(one.envelope.command, ImportHistory)]
    if outcome_digest(file.text, entries) != file.outcome:
        raise OutcomeChanged


def _checked(read: _ReadFile, previews: Sequence[CommandPreview]) -> Sequence[CheckedEntry]:
    following = iter(previews)
    entries: list[CheckedEntry] = []
    refused: set[str] = set()
    for entry, built in zip(read.history.entries, read.built, strict=True):
        name = str(getattr(entry.command.raw, "value", ""))
        one = CheckedEntry(key=entry.key, command=name[:80], line=entry.node.line)
        if isinstance(built, HistoryImportError):
            one = replace(one, problem=_problem(built))
        else:
            one = _with_preview(one, built, next(following), refused)
        if not one.events and not one.repeated:
            refused.add(entry.key)
        entries.append(one)
    return entries


def _with_preview(
    one: CheckedEntry, built: EntryCommand, preview: CommandPreview, refused: set[str]
) -> CheckedEntry:
    blocked_by = min(built.names & refused, default=None)
    if preview.refused is None:
        return replace(one, events=preview.events, repeated=preview.repeated)
    if blocked_by is not None:
        return replace(one, blocked_by=blocked_by)
    return replace(one, problem=_problem(refusal_at(built.entry, preview.refused)))


def _problem(error: HistoryImportError) -> ImportProblem:
    return ImportProblem(line=error.line, code=error.code, message=error.problem)


def _refused(error: HistoryImportError) -> HistoryRefused:
    return HistoryRefused(line=error.line, reason=error.code, problem=error.problem)
