"""A data file: a name, and entries that each tell of one command."""

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
_OPTIONAL = ("ground", "sources", "by")


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One command of a history, as its file tells it."""

    key: str
    command_id: UUID
    """Made of the history's name and the entry's key: the same wherever the entry stands."""
    whole: YamlNode
    command: YamlNode
    occurred: YamlNode
    fields: YamlNode
    ground: YamlNode | None
    sources: YamlNode | None
    by: YamlNode | None


@dataclass(frozen=True)
class History:
    """What one data file tells, in order."""

    name: str
    entries: Sequence[HistoryEntry]


def read_history(path: Path) -> History:
    """The history that a file tells. Raises ImportRefused."""
    return _history(read_document(path))


def parse_history(file: str, text: str) -> History:
    """The history that a text tells; the file is named in refusals. Raises ImportRefused."""
    return _history(compose(file, text))


def known_fields(
    part: YamlNode, required: Sequence[str], optional: Sequence[str]
) -> dict[str, YamlNode]:
    """The named parts of a part. Refused where one is unknown or a required one is missing."""
    fields = part.fields()
    for name, field in fields.items():
        if name not in required and name not in optional:
            allowed = ", ".join(sorted((*required, *optional)))
            raise field.refused(
                ImportFault.UNKNOWN_FIELD, f"there is no such field; there are: {allowed}."
            )
    for name in required:
        if name not in fields:
            raise part.refused(ImportFault.MISSING_FIELD, f"the field {name} is missing.")
    return dict(fields)


def key_of(part: YamlNode) -> str:
    """The key that stands here."""
    key = part.text()
    if not _KEY.fullmatch(key):
        problem = f"{key!r} is no key: use lower-case letters, digits, dots and hyphens."
        raise part.refused(ImportFault.BAD_VALUE, problem)
    return key


def _history(document: YamlNode) -> History:
    fields = known_fields(document, ("history", "entries"), ())
    name = key_of(fields["history"])
    entries: dict[str, HistoryEntry] = {}
    for item in fields["entries"].items():
        entry = _entry(name, YamlNode(item.file, "", item.node))
        if entry.key in entries:
            raise entry.whole.refused(
                ImportFault.DUPLICATE_KEY, f"the key {entry.key} stands twice."
            )
        entries[entry.key] = entry
    if not entries:
        raise fields["entries"].refused(ImportFault.MISSING_FIELD, "there is no entry.")
    return History(name, tuple(entries.values()))


def _entry(history: str, whole: YamlNode) -> HistoryEntry:
    fields = known_fields(whole, _REQUIRED, _OPTIONAL)
    key = key_of(fields["key"])
    return HistoryEntry(
        key=key,
        command_id=uuid5(_NAMESPACE, f"{history}/{key}"),
        whole=whole,
        command=fields["command"],
        occurred=fields["occurred"],
        fields=fields["fields"],
        ground=fields.get("ground"),
        sources=fields.get("sources"),
        by=fields.get("by"),
    )
