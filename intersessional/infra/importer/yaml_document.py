"""Composes YAML into nodes with line numbers; YAML constructs no values."""

from pathlib import Path
from typing import cast

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
        _check_events(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
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


def _check_events(text: str) -> None:
    """Refuse aliases and deep nesting, which only an attack needs."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        match event:
            case yaml.AliasEvent():
                raise _marked_error(
                    "an alias (*) is not understood here; write the value out", event
                )
            case yaml.CollectionStartEvent():
                depth += 1
                if depth > _DEPTH_MAX:
                    raise _marked_error(f"it is nested more than {_DEPTH_MAX} deep", event)
            case yaml.CollectionEndEvent():
                depth -= 1
            case _:
                pass


def _marked_error(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=cast("yaml.Mark", event.start_mark))


def _refused(file: str, line: int, fault: ImportFault, problem: str) -> HistoryImportError:
    return HistoryImportError(file=file, line=line, code=fault, problem=problem)
