"""Composes YAML into nodes with line numbers; YAML constructs no values."""

from pathlib import Path
from typing import Any, cast

import yaml
from yaml.reader import ReaderError

from intersessional.infra.importer.errors import HistoryImportError, ImportFault
from intersessional.infra.importer.yaml_node import YamlNode

_DEPTH_MAX = 20


def read_document(path: Path) -> YamlNode:
    """The one document of a data file. Raises HistoryImportError."""
    file = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"the file cannot be read: {error.strerror}."
        raise _refused(file, 1, ImportFault.FILE_UNREADABLE, problem) from error
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refused(file, line, ImportFault.NOT_YAML, "it is not text in UTF-8.") from None
    return compose(file, text)


def compose(file: str, text: str) -> YamlNode:
    """The one document of a text. Raises HistoryImportError."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise _refused(file, line, ImportFault.NOT_YAML, f"{error.problem}.") from None
    except ReaderError as error:
        line = text.count("\n", 0, cast("int", error.position)) + 1
        raise _refused(file, line, ImportFault.NOT_YAML, f"{error.reason}.") from None
    if node is None:
        raise _refused(file, 1, ImportFault.NOT_YAML, "the file is empty.")
    return YamlNode(file, "", node)


class _Loader(yaml.SafeLoader):
    """A loader that raises MarkedYAMLError where PyYAML raises another error, or nothing."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse aliases and deep nesting, which only an attack needs."""
        composer = cast("Any", super())
        event = composer.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise _marked_error(
                "an alias (*) is not understood here; write the value out", event.start_mark
            )
        if self._depth == _DEPTH_MAX and isinstance(event, yaml.CollectionStartEvent):
            raise _marked_error(f"it is nested more than {_DEPTH_MAX} deep", event.start_mark)
        self._depth += 1
        node: yaml.Node | None = composer.compose_node(parent, index)
        self._depth -= 1
        return node

    def scan_directive(self) -> Any:
        """Refuse a directive: no data file needs one, and versions can be of any length."""
        raise _marked_error("a directive (%) is not understood here", self.get_mark())

    def scan_flow_scalar(self, style: str) -> Any:
        """Scan a text in quotes. Its escapes may name what is no character (YAML 1.2 §5.7)."""
        begins = self.get_mark()
        try:
            token = cast("Any", super()).scan_flow_scalar(style)
        except (ValueError, OverflowError):
            raise _marked_error("an escape (\\) names no character", begins) from None
        if any("\ud800" <= character <= "\udfff" for character in token.value):
            raise _marked_error("an escape (\\) names half a character", begins)
        return token


def _marked_error(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=cast("yaml.Mark", mark))


def _refused(file: str, line: int, fault: ImportFault, problem: str) -> HistoryImportError:
    return HistoryImportError(file=file, line=line, code=fault, problem=problem)
