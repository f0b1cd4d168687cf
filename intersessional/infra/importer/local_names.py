"""The local names of a history for the subjects that its commands begin."""

from collections.abc import Mapping
from uuid import UUID

from intersessional.infra.importer.errors import ImportFault
from intersessional.infra.importer.yaml_node import YamlNode


class LocalNames:
    """What the entries so far began: a file's own names, then those of the files before it."""

    def __init__(self, before: Mapping[str, UUID]) -> None:
        self._before = before
        self._own: dict[str, UUID] = {}

    def add(self, key: str, id: UUID, part: YamlNode) -> None:
        """Name a subject. Refused where this file uses the name already."""
        if key in self._own:
            raise part.refused(ImportFault.DUPLICATE_KEY, f"the key {key} stands twice.")
        self._own[key] = id

    def id(self, part: YamlNode) -> UUID:
        """The id of the subject that is named here, by a key or in full."""
        name = str(part.scalar("the key of an entry").value)
        if name in self._own:
            return self._own[name]
        if name in self._before:
            return self._before[name]
        try:
            return UUID(name)
        except ValueError:
            problem = f"no entry before this one has the key {name!r}."
            raise part.refused(ImportFault.DANGLING_REFERENCE, problem) from None

    @property
    def all(self) -> Mapping[str, UUID]:
        """Every name that a file after this one can use."""
        return {**self._before, **self._own}
