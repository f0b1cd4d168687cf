"""Converts YAML nodes to the values of a command's fields, by their type hints."""

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.correction.commands import CorrectFact
from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.kernel.ids import outcome_id
from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.infra.importer.errors import ImportFault
from intersessional.infra.importer.history import checked_fields, key_of
from intersessional.infra.importer.local_names import LocalNames, NamedEntry
from intersessional.infra.importer.yaml_node import YamlNode

_INT_MAX = 2**31 - 1
_DIGITS_MAX = 20
_NAMES_A_COMMAND = (CorrectFact, "recorded_by")
"""The field with the command of an entry, where others have what the entry created."""
_COMMON_FIELDS = frozenset(field.name for field in dataclasses.fields(Command))

E = TypeVar("E", bound=Enum)


class ValueReader:
    """Reads the values of one command, and names the aggregates that its outcomes create."""

    def __init__(self, names: LocalNames, command_id: UUID) -> None:
        self._names = names
        self._command_id = command_id

    def of_command(self, kind: type[Command], node: YamlNode) -> dict[str, Any]:
        """The fields of a command, without those that every command has."""
        return self._fields(kind, node, without=_COMMON_FIELDS)

    def _fields(
        self, kind: type, node: YamlNode, without: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        hints = get_type_hints(kind)
        fields = [field for field in dataclasses.fields(kind) if field.name not in without]
        optional = {
            field.name
            for field in fields
            if (field.default, field.default_factory) != (dataclasses.MISSING, dataclasses.MISSING)
        }
        required = [field.name for field in fields if field.name not in optional]
        nodes = checked_fields(node, required, sorted(optional))
        return {
            name: self._names.command_id(value)
            if (kind, name) == _NAMES_A_COMMAND and not value.empty
            else self._value(hints[name], value)
            for name, value in nodes.items()
        }

    def _value(self, hint: Any, node: YamlNode) -> Any:
        if get_origin(hint) in (Union, types.UnionType):
            (hint,) = [one for one in get_args(hint) if one is not type(None)]
            if node.empty:
                return None
        if get_origin(hint) is tuple:
            item, _ = get_args(hint)
            return tuple(
                self._item(item, one, number) for number, one in enumerate(node.items(), 1)
            )
        if hint is UUID:
            return self._names.id(node)
        if hint in _SCALARS:
            return _SCALARS[hint](node)
        if issubclass(hint, Enum):
            return member(hint, node)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            return hint(**self._fields(hint, node))
        raise TypeError(f"{node.path}: a field of type {hint} cannot be imported")

    def _item(self, hint: Any, node: YamlNode, number: int) -> Any:
        if hint is not OutcomeChoice:
            return self._value(hint, node)
        # The aggregate that an outcome creates gets a name, so that later outcomes can refer to it.
        key = node.fields().get("key")
        if key is not None:
            created = outcome_id(self._command_id, number)
            self._names.add(key_of(key), NamedEntry(created, self._command_id), key)
        return self._value(hint, node.without("key"))


def member(kind: type[E], node: YamlNode) -> E:
    """The node as a member of an enumeration."""
    name = node.text()
    if name not in kind.__members__:
        allowed = ", ".join(kind.__members__)
        raise node.error(ImportFault.BAD_VALUE, f"{name} is none of: {allowed}.")
    return kind[name]


def occurred(node: YamlNode) -> Occurred:
    """The node as a time of any precision."""
    text = str(node.scalar("a year, month, day, period or instant").value)
    try:
        return Occurred.parse(text)
    except ValueError as error:
        raise node.error(ImportFault.BAD_VALUE, f"{error}.") from None


def _integer(node: YamlNode) -> int:
    text = str(node.scalar("a whole number").value)
    if node.raw.tag != "tag:yaml.org,2002:int" or not re.fullmatch(r"-?(0|[1-9]\d*)", text):
        raise node.error(ImportFault.WRONG_TYPE, f"{text} is no whole number.")
    # Python refuses to read numbers of thousands of digits.
    if len(text) > _DIGITS_MAX or abs(int(text)) > _INT_MAX:
        raise node.error(ImportFault.BAD_VALUE, f"{text[:_DIGITS_MAX]} is too large.")
    return int(text)


def _boolean(node: YamlNode) -> bool:
    text = str(node.scalar("true or false").value)
    if node.raw.tag != "tag:yaml.org,2002:bool" or text not in ("true", "false"):
        raise node.error(ImportFault.WRONG_TYPE, f"{text} is neither true nor false.")
    return text == "true"


def _day(node: YamlNode) -> date:
    when = occurred(node)
    if when.precision is not Precision.DAY:
        raise node.error(ImportFault.BAD_VALUE, f"{when.at} is no day.")
    return when.begins.date()


def _instant(node: YamlNode) -> datetime:
    when = occurred(node)
    if when.precision is not Precision.INSTANT:
        raise node.error(ImportFault.BAD_VALUE, f"{when.at} is no instant with a zone.")
    return when.begins


_SCALARS: Mapping[Any, Callable[[YamlNode], Any]] = {
    str: YamlNode.text,
    int: _integer,
    bool: _boolean,
    date: _day,
    datetime: _instant,
    Occurred: occurred,
}
