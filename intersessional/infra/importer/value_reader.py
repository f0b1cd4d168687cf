"""From the parts of a data file to the values of a command, strictly by their types."""

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.ids import outcome_id
from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.infra.importer.errors import ImportFault
from intersessional.infra.importer.history import key_of, known_fields
from intersessional.infra.importer.local_names import LocalNames
from intersessional.infra.importer.yaml_node import YamlNode

_INT_MAX = 2**31 - 1
_OF_EVERY_COMMAND = frozenset(field.name for field in dataclasses.fields(Command))

E = TypeVar("E", bound=Enum)


class ValueReader:
    """Reads the values of one command. What its outcomes begin gets its names on the way."""

    def __init__(self, names: LocalNames, command_id: UUID) -> None:
        self._names = names
        self._command_id = command_id

    def of_command(self, kind: type[Command], part: YamlNode) -> dict[str, Any]:
        """The fields of a command, without those that every command has."""
        return self._fields(kind, part, without=_OF_EVERY_COMMAND)

    def _fields(
        self, kind: type, part: YamlNode, without: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        hints = get_type_hints(kind)
        told = [field for field in dataclasses.fields(kind) if field.name not in without]
        optional = {
            field.name
            for field in told
            if (field.default, field.default_factory) != (dataclasses.MISSING, dataclasses.MISSING)
        }
        required = [field.name for field in told if field.name not in optional]
        parts = known_fields(part, required, sorted(optional))
        return {name: self._value(hints[name], value) for name, value in parts.items()}

    def _value(self, hint: Any, part: YamlNode) -> Any:
        if get_origin(hint) in (Union, types.UnionType):
            (hint,) = [one for one in get_args(hint) if one is not type(None)]
            if part.empty:
                return None
        if get_origin(hint) is tuple:
            item, _ = get_args(hint)
            return tuple(self._item(item, one, place) for place, one in enumerate(part.items(), 1))
        if hint is UUID:
            return self._names.id(part)
        if hint in _SCALARS:
            return _SCALARS[hint](part)
        if issubclass(hint, Enum):
            return member(hint, part)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            return hint(**self._fields(hint, part))
        raise TypeError(f"{part.path}: a field of type {hint} cannot be imported")

    def _item(self, hint: Any, part: YamlNode, place: int) -> Any:
        if hint is not OutcomeChoice:
            return self._value(hint, part)
        # What an outcome begins can be named too, so that the next outcome can be about it.
        key = part.fields().get("key")
        if key is not None:
            self._names.add(key_of(key), outcome_id(self._command_id, place), key)
        return self._value(hint, part.without("key"))


def member(kind: type[E], part: YamlNode) -> E:
    """The member of an enumeration that is named here."""
    name = part.text()
    if name not in kind.__members__:
        allowed = ", ".join(kind.__members__)
        raise part.refused(ImportFault.BAD_VALUE, f"{name} is none of: {allowed}.")
    return kind[name]


def occurred(part: YamlNode) -> Occurred:
    """When something happened, in any precision."""
    text = str(part.scalar("a year, month, day, period or instant").value)
    try:
        return Occurred.parse(text)
    except ValueError as error:
        raise part.refused(ImportFault.BAD_VALUE, f"{error}.") from None


def _whole_number(part: YamlNode) -> int:
    text = str(part.scalar("a whole number").value)
    if part.node.tag != "tag:yaml.org,2002:int" or not re.fullmatch(r"-?(0|[1-9]\d*)", text):
        raise part.refused(ImportFault.WRONG_TYPE, f"{text} is no whole number.")
    if abs(int(text)) > _INT_MAX:
        raise part.refused(ImportFault.BAD_VALUE, f"{text} is too large.")
    return int(text)


def _truth(part: YamlNode) -> bool:
    text = str(part.scalar("true or false").value)
    if part.node.tag != "tag:yaml.org,2002:bool" or text not in ("true", "false"):
        raise part.refused(ImportFault.WRONG_TYPE, f"{text} is neither true nor false.")
    return text == "true"


def _day(part: YamlNode) -> date:
    when = occurred(part)
    if when.precision is not Precision.DAY:
        raise part.refused(ImportFault.BAD_VALUE, f"{when.at} is no day.")
    return when.begins.date()


def _instant(part: YamlNode) -> datetime:
    when = occurred(part)
    if when.precision is not Precision.INSTANT:
        raise part.refused(ImportFault.BAD_VALUE, f"{when.at} is no instant with a zone.")
    return when.begins


_SCALARS: Mapping[Any, Callable[[YamlNode], Any]] = {
    str: YamlNode.text,
    int: _whole_number,
    bool: _truth,
    date: _day,
    datetime: _instant,
    Occurred: occurred,
}
