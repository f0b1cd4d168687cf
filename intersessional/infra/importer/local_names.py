"""Local names: the keys of entries, for the aggregates that their commands create."""

from collections.abc import Mapping
from uuid import UUID

from intersessional.infra.importer.errors import ImportFault
from intersessional.infra.importer.yaml_node import YamlNode


class LocalNames:
    """The names of a file, which take precedence over those of earlier files."""

    def __init__(self, before: Mapping[str, UUID]) -> None:
        self._before = before
        self._own: dict[str, UUID] = {}

    def add(self, key: str, id: UUID, node: YamlNode) -> None:
        """Name an aggregate. Raises HistoryImportError when this file uses the name already."""
        if key in self._own:
            raise node.error(ImportFault.DUPLICATE_KEY, f"the key {key} appears twice.")
        self._own[key] = id

    def id(self, node: YamlNode) -> UUID:
        """The id of the aggregate that a node names, by a key or as a UUID."""
        name = str(node.scalar("the key of an entry").value)
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
    def all(self) -> Mapping[str, UUID]:
        """The names that a later file can use."""
        return {**self._before, **self._own}
