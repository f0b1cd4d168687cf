"""Builds commands from the entries of histories."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.kernel.act import Citation, Ground, Provenance
from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.domain.rule.override import Override
from intersessional.domain.source.commands import ListSource
from intersessional.infra.importer.errors import HistoryImportError, ImportFault
from intersessional.infra.importer.history import History, HistoryEntry, checked_fields
from intersessional.infra.importer.local_names import LocalNames, NamedEntry
from intersessional.infra.importer.value_reader import ValueReader, member, occurred
from intersessional.infra.importer.yaml_node import YamlNode


@dataclass(frozen=True)
class EntryCommand:
    """A command in its envelope, and the entry that it is built from."""

    entry: HistoryEntry
    envelope: CommandEnvelope
    names: frozenset[str] = frozenset()
    """The keys of other entries that it names."""


class CommandBuilder:
    """Builds the commands of histories; a history may use the local names of earlier ones."""

    def __init__(self, command_handlers: Iterable[CommandHandler]) -> None:
        """Builds only commands that have a handler."""
        self._commands = {handler.command.__name__: handler.command for handler in command_handlers}
        self._names: Mapping[str, NamedEntry] = {}
        self._sources: set[str] = set()
        self._seen: set[UUID] = set()

    def build(self, history: History) -> Sequence[EntryCommand]:
        """The commands of one history, in order. Raises HistoryImportError."""
        names = LocalNames(self._names)
        entry_commands = [self._entry_command(entry, names) for entry in history.entries]
        self._names = names.all
        return entry_commands

    def build_each(self, history: History) -> Sequence[EntryCommand | HistoryImportError]:
        """The command of each entry, or what is wrong with it: all mistakes are found at once."""
        names = LocalNames(self._names)
        built: list[EntryCommand | HistoryImportError] = []
        for entry in history.entries:
            try:
                built.append(self._entry_command(entry, names))
            except HistoryImportError as error:
                built.append(error)
                # What names it is not wrong for that.
                names.stand_in(entry.key, entry.command_id)
        return built

    def _entry_command(self, entry: HistoryEntry, names: LocalNames) -> EntryCommand:
        names.used.clear()
        envelope = self._envelope(entry, names)
        return EntryCommand(entry, envelope, frozenset(names.used))

    def _envelope(self, entry: HistoryEntry, names: LocalNames) -> CommandEnvelope:
        if entry.command_id in self._seen:
            problem = f"an earlier history has the same name and the key {entry.key} too."
            raise entry.node.error(ImportFault.DUPLICATE_KEY, problem)
        self._seen.add(entry.command_id)
        caller = OPERATOR
        if entry.by is not None:
            caller = Caller(person=names.id(entry.by), operator=True)
        command = self._command(entry, names)
        names.add(entry.key, NamedEntry(command.created_id, entry.command_id), entry.node)
        return CommandEnvelope(command, caller)

    def _command(self, entry: HistoryEntry, names: LocalNames) -> Command:
        name = entry.command.text()
        if name not in self._commands:
            raise entry.command.error(ImportFault.UNKNOWN_COMMAND, f"there is no command {name}.")
        kind = self._commands[name]
        fields = ValueReader(names, entry.command_id).of_command(kind, entry.fields)
        if kind is ListSource:
            self._sources.add(fields["key"])
        return self._construct(kind, fields, entry)

    def _construct(
        self, kind: type[Command], fields: dict[str, Any], entry: HistoryEntry
    ) -> Command:
        return kind(
            command_id=entry.command_id,
            occurred=occurred(entry.occurred),
            provenance=self._provenance(entry),
            overrides=_overrides(entry),
            **fields,
        )

    def _provenance(self, entry: HistoryEntry) -> Provenance:
        """The ground and the sources of an entry; only an illustration needs no source."""
        ground = Ground.IMPORTED if entry.ground is None else member(Ground, entry.ground)
        if entry.ground is not None and ground is Ground.LIVE:
            problem = "what is imported is not live: say IMPORTED, INFERRED or ILLUSTRATION."
            raise entry.ground.error(ImportFault.BAD_VALUE, problem)
        sources = () if entry.sources is None else entry.sources.items()
        if not sources and ground is not Ground.ILLUSTRATION:
            raise entry.node.error(ImportFault.MISSING_FIELD, "the field sources names no source.")
        return Provenance(ground, tuple(self._source(source) for source in sources))

    def _source(self, node: YamlNode) -> Citation:
        """A source by its key, or as ``{key: …, place: …}``."""
        fields = {"key": node} if node.is_scalar else checked_fields(node, ("key",), ("place",))
        key = fields["key"].text()
        if key not in self._sources:
            problem = f"no entry so far lists a source with the key {key!r}."
            raise fields["key"].error(ImportFault.UNKNOWN_SOURCE, problem)
        return Citation(key, fields["place"].text() if "place" in fields else None)


def _overrides(entry: HistoryEntry) -> tuple[Override, ...]:
    """The overrides of an entry, each as ``{rule: …, rationale: …}``."""
    nodes = () if entry.overrides is None else entry.overrides.items()
    given = [checked_fields(node, ("rule", "rationale"), ()) for node in nodes]
    return tuple(
        Override(rule=one["rule"].text(), rationale=one["rationale"].text()) for one in given
    )
