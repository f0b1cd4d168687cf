"""The values of a command at the paths that refusals name."""

from dataclasses import fields, is_dataclass
from typing import cast

from intersessional.domain.command_handling.command import Command


def field_at(command: Command, path: str) -> object:
    """The value at a path: names as the command has them, and places in lists, counted from 0."""
    value: object = command
    for step in path.split("."):
        value = _inner(value, step)
    return value


def _inner(value: object, name: str) -> object:
    if isinstance(value, tuple):
        return cast("tuple[object, ...]", value)[int(name)]
    assert is_dataclass(value), f"{name} is no field of {value!r}"
    return {field.name: getattr(value, field.name) for field in fields(value)}[name]
