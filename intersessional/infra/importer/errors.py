"""Errors of an import."""

from enum import StrEnum

from intersessional.errors import OperatorError


class ImportFault(StrEnum):
    """Error codes of a data file; refusals of the domain have their own codes."""

    FILE_UNREADABLE = "FILE_UNREADABLE"
    NOT_YAML = "NOT_YAML"
    WRONG_TYPE = "WRONG_TYPE"
    BAD_VALUE = "BAD_VALUE"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    MISSING_FIELD = "MISSING_FIELD"
    DUPLICATE_KEY = "DUPLICATE_KEY"
    UNKNOWN_COMMAND = "UNKNOWN_COMMAND"
    UNKNOWN_SOURCE = "UNKNOWN_SOURCE"
    DANGLING_REFERENCE = "DANGLING_REFERENCE"
    TOO_LARGE = "TOO_LARGE"
    NOT_FOR_SECRETARIAT = "NOT_FOR_SECRETARIAT"


class HistoryImportError(OperatorError):
    """Nothing was recorded: the file, the line, the problem there and its stable code."""

    def __init__(self, *, file: str, line: int, code: str, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem} ({code})")
        self.file = file
        self.line = line
        self.code = code
        self.problem = problem
