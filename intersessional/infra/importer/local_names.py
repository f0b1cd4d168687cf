"""Local names: the keys of entries, for their commands and the aggregates that these create."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from intersessional.infra.importer.errors import ImportFault
from intersessional.infra.importer.yaml_node import YamlNode


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """What a key stands for: an entry, or an outcome of one."""

    created: UUID
    """The id of the aggregate that it creates."""
    command: UUID
    """The id of the entry's command."""


class LocalNames:
    """The names of a file, which take precedence over those of earlier files."""

    def __init__(self, before: Mapping[str, NamedEntry]) -> None:
        self._before = before
        self._own: dict[str, NamedEntry] = {}
        self.used: set[str] = set()
        """The names that were looked up since this was emptied."""

    def add(self, key: str, entry: NamedEntry, node: YamlNode) -> None:
        """Name an entry. Raises HistoryImportError when this file uses the name already."""
        if key in self._own:
            raise node.error(ImportFault.DUPLICATE_KEY, f"the key {key} appears twice.")
        self._own[key] = entry

    def stand_in(self, key: str, command_id: UUID) -> None:
        """Name an entry that has a mistake, unless it is named."""
        self._own.setdefault(key, NamedEntry(command_id, command_id))

    def id(self, node: YamlNode) -> UUID:
        """The id of the aggregate that a node names, by a key or as a UUID."""
        found = self._find(node)
        return found if isinstance(found, UUID) else found.created

    def command_id(self, node: YamlNode) -> UUID:
        """The id of the command that a node names, by the key of its entry or as a UUID."""
        found = self._find(node)
        return found if isinstance(found, UUID) else found.command

    def _find(self, node: YamlNode) -> NamedEntry | UUID:
        name = str(node.scalar("the key of an entry").value)
        self.used.add(name)
        if name in self._own:
            return self._own[name]
        if name in self._before:
            return self._before[name]
        try:
            return UUID(name)
        except ValueError:
            problem = f"no entry before this one has the key {name!r}."
            raise node.error(ImportFault.DANGLING_REFERENCE, problem) from None

    @property
    def all(self) -> Mapping[str, NamedEntry]:
        """The names that a later file can use."""
        return {**self._before, **self._own}
