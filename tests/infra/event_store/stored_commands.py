"""The fields of every command as they go into its digest, as text that can be compared.

python -m tests.infra.event_store.stored_commands > tests/infra/event_store/stored_commands.txt
"""

import dataclasses
import sys
from collections.abc import Collection, Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.infra.event_store.format.command_body import default_of
from intersessional.infra.event_store.format.plain_values import plain
from intersessional.plugins.composition import installed_plugins
from tests.infra.event_store.event_strategies import alternatives
from tests.landed_lines import lines_of, with_landed

CHECKED_IN = Path(__file__).with_suffix(".txt")

_HEADING = """\
# What the digest of a command is made from: its topic, each field, the field's type, and whether
# it is required or its default. "command" stands for every command. Final since 2026-11-29: lines
# are added for new commands, optional fields and values of an enum, and none is changed or removed.
# To print it anew: python -m tests.infra.event_store.stored_commands
"""
_NAMES = {
    bool: "boolean",
    int: "integer",
    str: "text",
    UUID: "UUID",
    date: "date",
    datetime: "instant",
}


def stored_commands(commands: Collection[type[Command]] | None = None) -> list[str]:
    """The lines for these commands; for those of every installed plugin by default."""
    if commands is None:
        commands = [handler.command for handler in installed_plugins().command_handlers]
    lines = [*_fields("command", "", Command)]
    of_all = {field.name for field in dataclasses.fields(Command)}
    for command in sorted(commands, key=lambda command: command.TOPIC):
        lines.append(command.TOPIC)
        lines += _fields(command.TOPIC, "", command, of_all)
    return lines


def anew() -> str:
    """The file as it is to be printed now."""
    return _HEADING + with_landed(lines_of(CHECKED_IN), stored_commands())


def _fields(topic: str, path: str, kind: type, without: Collection[str] = ()) -> Iterator[str]:
    """A line for each field of a command or of a value in one; its own values follow it."""
    assert dataclasses.is_dataclass(kind)
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        if field.name in without:
            continue
        hint, place = hints[field.name], f"{path}{field.name}"
        default = default_of(field)
        default_text = "required" if default is dataclasses.MISSING else f"= {_plain(default)}"
        yield f"{topic} {place}: {type_name(hint)}, {default_text}"
        yield from _within(topic, place, hint)


def _within(topic: str, place: str, hint: Any) -> Iterator[str]:
    if get_origin(hint) is tuple:
        yield from _within(topic, f"{place}[]", get_args(hint)[0])
        return
    for kind in alternatives(hint):
        if kind is NoneType or kind in _NAMES:
            continue
        if get_origin(kind) is tuple:
            yield from _within(topic, f"{place}[]", get_args(kind)[0])
        elif issubclass(kind, Enum):
            yield from (f"{topic} {place} may be {one.value}" for one in kind)
        else:
            yield from _fields(topic, f"{place}.", kind)


def type_name(hint: Any) -> str:
    """The type of a field in plain words."""
    if get_origin(hint) is tuple:
        return f"list of {type_name(get_args(hint)[0])}"
    if len(kinds := alternatives(hint)) > 1:
        return " or ".join("null" if kind is NoneType else type_name(kind) for kind in kinds)
    if hint in _NAMES:
        return _NAMES[hint]
    return "enum" if issubclass(hint, Enum) else "object"


def _plain(value: object) -> str:
    text = plain(value, "", lambda _, text: str(text.value))
    return "null" if text is None else str(text)


if __name__ == "__main__":
    sys.stdout.write(anew())
