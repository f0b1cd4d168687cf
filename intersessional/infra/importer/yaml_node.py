"""A part of a data file, which knows where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from intersessional.infra.importer.errors import HistoryImportError, ImportFault


@dataclass(frozen=True)
class YamlNode:
    """What stands at one place of a data file."""

    file: str
    path: str
    """Its path in its entry, as ``fields.held`` or ``sources.0``; empty for the whole entry."""
    node: yaml.Node

    @property
    def line(self) -> int:
        """The line on which it begins, from 1."""
        return self.node.start_mark.line + 1

    @property
    def empty(self) -> bool:
        """Whether nothing stands here."""
        return self.node.tag == "tag:yaml.org,2002:null"

    def refused(self, fault: ImportFault, problem: str) -> HistoryImportError:
        """The refusal of this part, in a sentence that begins with its name."""
        told = f"{self.path}: {problem}" if self.path else problem
        return HistoryImportError(file=self.file, line=self.line, code=fault, problem=told)

    def scalar(self, what: str) -> yaml.ScalarNode:
        """The single value that stands here. Refused where there are several or none."""
        if not isinstance(self.node, yaml.ScalarNode) or self.empty:
            raise self.refused(ImportFault.WRONG_TYPE, f"{what} is expected here.")
        return self.node

    def text(self) -> str:
        """The text that stands here. What YAML reads as something else is refused."""
        node = self.scalar("a text")
        if node.tag != "tag:yaml.org,2002:str":
            problem = f"{node.value} is read as no text; put it in quotes."
            raise self.refused(ImportFault.WRONG_TYPE, problem)
        return str(node.value)

    def items(self) -> Sequence["YamlNode"]:
        """The items of the list that stands here."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.refused(ImportFault.WRONG_TYPE, "a list is expected here.")
        return [
            YamlNode(self.file, f"{self.path}.{place}" if self.path else str(place), item)
            for place, item in enumerate(self.node.value)
        ]

    def fields(self) -> Mapping[str, "YamlNode"]:
        """The named parts that stand here, each name once."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.refused(ImportFault.WRONG_TYPE, "names with values are expected here.")
        fields: dict[str, YamlNode] = {}
        for key, value in self.node.value:
            name = YamlNode(self.file, self.path, key).text()
            path = f"{self.path}.{name}" if self.path else name
            if name in fields:
                raise YamlNode(self.file, path, key).refused(
                    ImportFault.DUPLICATE_KEY, "it stands twice."
                )
            fields[name] = YamlNode(self.file, path, value)
        return fields

    def inner(self, step: str) -> "YamlNode | None":
        """The part of this name, or at this place counted from 0; None where there is none."""
        if isinstance(self.node, yaml.MappingNode):
            return self.fields().get(step)
        if isinstance(self.node, yaml.SequenceNode) and step.isdigit():
            return dict(enumerate(self.items())).get(int(step))
        return None

    def without(self, name: str) -> "YamlNode":
        """The same part without one of its named parts."""
        if not isinstance(self.node, yaml.MappingNode):
            return self
        kept = [(key, value) for key, value in self.node.value if key.value != name]
        node = yaml.MappingNode(self.node.tag, kept, self.node.start_mark, self.node.end_mark)
        return YamlNode(self.file, self.path, node)
