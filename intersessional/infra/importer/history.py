"""A history: the name and the entries of a data file, one entry for each command."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from intersessional.infra.importer.errors import ImportFault
from intersessional.infra.importer.yaml_document import compose, read_document
from intersessional.infra.importer.yaml_node import YamlNode

_NAMESPACE = UUID("0d1f9a5e-3c1b-5f0e-8a55-6f1d6b6f2018")
_KEY = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")
_REQUIRED = ("key", "command", "occurred", "fields")
_OPTIONAL = ("ground", "sources", "by", "overrides")


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One entry, with the parts of a command as YAML nodes."""

    key: str
    command_id: UUID
    """A UUID version 5 of the history's name and the entry's key, at any place in the file."""
    node: YamlNode
    command: YamlNode
    occurred: YamlNode
    fields: YamlNode
    ground: YamlNode | None
    sources: YamlNode | None
    by: YamlNode | None
    overrides: YamlNode | None = None
    """The reasons that the sources give for deviating from soft rules."""


@dataclass(frozen=True)
class History:
    """The entries of one data file, in order."""

    name: str
    entries: Sequence[HistoryEntry]


def read_history(path: Path) -> History:
    """Read the history of a file. Raises HistoryImportError."""
    return _history(read_document(path))


def parse_history(file: str, text: str) -> History:
    """Parse a history; errors name the file. Raises HistoryImportError."""
    return _history(compose(file, text))


def checked_fields(
    node: YamlNode, required: Sequence[str], optional: Sequence[str]
) -> dict[str, YamlNode]:
    """The fields of a node. Raises HistoryImportError for unknown and for missing ones."""
    fields = node.fields()
    for name, field in fields.items():
        if name not in required and name not in optional:
            allowed = ", ".join(sorted((*required, *optional)))
            raise field.error(
                ImportFault.UNKNOWN_FIELD, f"there is no such field; there are: {allowed}."
            )
    for name in required:
        if name not in fields:
            raise node.error(ImportFault.MISSING_FIELD, f"the field {name} is missing.")
    return dict(fields)


def key_of(node: YamlNode) -> str:
    """The node's text, which must be a key."""
    key = node.text()
    if not _KEY.fullmatch(key):
        problem = f"{key!r} is no key: use lower-case letters, digits, dots and hyphens."
        raise node.error(ImportFault.BAD_VALUE, problem)
    return key


def _history(document: YamlNode) -> History:
    fields = checked_fields(document, ("history", "entries"), ())
    name = key_of(fields["history"])
    entries: dict[str, HistoryEntry] = {}
    for item in fields["entries"].items():
        entry = _entry(name, YamlNode(item.file, "", item.raw))
        if entry.key in entries:
            raise entry.node.error(ImportFault.DUPLICATE_KEY, f"the key {entry.key} appears twice.")
        entries[entry.key] = entry
    if not entries:
        raise fields["entries"].error(ImportFault.MISSING_FIELD, "there is no entry.")
    return History(name, tuple(entries.values()))


def _entry(history: str, node: YamlNode) -> HistoryEntry:
    fields = checked_fields(node, _REQUIRED, _OPTIONAL)
    key = key_of(fields["key"])
    return HistoryEntry(
        key=key,
        command_id=uuid5(_NAMESPACE, f"{history}/{key}"),
        node=node,
        command=fields["command"],
        occurred=fields["occurred"],
        fields=fields["fields"],
        ground=fields.get("ground"),
        sources=fields.get("sources"),
        by=fields.get("by"),
        overrides=fields.get("overrides"),
    )
