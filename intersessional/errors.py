"""Errors that end a command."""

from typing import ClassVar


class OperatorError(Exception):
    """A command cannot do its work; the message says why, in sentences."""

    exit_code: ClassVar[int] = 1
