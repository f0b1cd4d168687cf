"""A YAML node with its file, line and path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from intersessional.infra.importer.errors import HistoryImportError, ImportFault


@dataclass(frozen=True)
class YamlNode:
    """One node of a data file."""

    file: str
    path: str
    """Its path in its entry, as ``fields.held`` or ``sources.0``; empty for the whole entry."""
    raw: yaml.Node

    @property
    def line(self) -> int:
        """The line on which the node begins, from 1."""
        return self.raw.start_mark.line + 1

    @property
    def empty(self) -> bool:
        """Whether the node is null."""
        return self.raw.tag == "tag:yaml.org,2002:null"

    @property
    def is_scalar(self) -> bool:
        """Whether the node is a text, a number or null."""
        return isinstance(self.raw, yaml.ScalarNode)

    def error(self, fault: ImportFault, problem: str) -> HistoryImportError:
        """An error at this node; the message begins with its path."""
        message = f"{self.path}: {problem}" if self.path else problem
        return HistoryImportError(file=self.file, line=self.line, code=fault, problem=message)

    def scalar(self, expected: str) -> yaml.ScalarNode:
        """The node as a scalar. Raises HistoryImportError for any other node."""
        if not isinstance(self.raw, yaml.ScalarNode) or self.empty:
            raise self.error(ImportFault.WRONG_TYPE, f"{expected} is expected here.")
        return self.raw

    def text(self) -> str:
        """The node as text. Raises HistoryImportError for a scalar of another type."""
        node = self.scalar("a text")
        if node.tag != "tag:yaml.org,2002:str":
            problem = f"{node.value} is read as no text; put it in quotes."
            raise self.error(ImportFault.WRONG_TYPE, problem)
        return str(node.value)

    def items(self) -> Sequence["YamlNode"]:
        """The items of a list. Raises HistoryImportError for any other node."""
        if not isinstance(self.raw, yaml.SequenceNode):
            raise self.error(ImportFault.WRONG_TYPE, "a list is expected here.")
        return [
            YamlNode(self.file, f"{self.path}.{index}" if self.path else str(index), item)
            for index, item in enumerate(self.raw.value)
        ]

    def fields(self) -> Mapping[str, "YamlNode"]:
        """The fields of a mapping. Raises HistoryImportError, also for a name used twice."""
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.error(ImportFault.WRONG_TYPE, "names with values are expected here.")
        fields: dict[str, YamlNode] = {}
        for key, value in self.raw.value:
            name = YamlNode(self.file, self.path, key).text()
            path = f"{self.path}.{name}" if self.path else name
            if name in fields:
                raise YamlNode(self.file, path, key).error(
                    ImportFault.DUPLICATE_KEY, "it appears twice."
                )
            fields[name] = YamlNode(self.file, path, value)
        return fields

    def child(self, step: str) -> "YamlNode | None":
        """The field with this name, or the item with this index from 0; None without one."""
        if isinstance(self.raw, yaml.MappingNode):
            return self.fields().get(step)
        if isinstance(self.raw, yaml.SequenceNode) and step.isdigit():
            return dict(enumerate(self.items())).get(int(step))
        return None

    def without(self, name: str) -> "YamlNode":
        """The same mapping without one of its fields."""
        if not isinstance(self.raw, yaml.MappingNode):
            return self
        others = [(key, value) for key, value in self.raw.value if key.value != name]
        node = yaml.MappingNode(self.raw.tag, others, self.raw.start_mark, self.raw.end_mark)
        return YamlNode(self.file, self.path, node)
