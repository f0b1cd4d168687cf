"""The bytes of a command, whose digest recognises a repeated command.

They hold the command's topic, its sender, and the fields that differ from their defaults, in nested
values too. So a class may be renamed, and a command or a value in it may get an optional field,
and a command that was recorded before still has the same bytes.
"""

import dataclasses
import json
from collections.abc import Sequence
from typing import Any, cast

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.format.plain_values import plain

FORMAT = 1
"""The version of this form: another form gets another number."""


def command_body(envelope: CommandEnvelope) -> bytes:
    """A command and its sender in bytes, the same each time it is sent."""
    person = envelope.caller.person
    fields = _sparse(envelope.command)
    fields["command_id"] = str(envelope.public_id)
    body = {
        "v": FORMAT,
        "topic": envelope.command.TOPIC,
        "person": None if person is None else str(person),
        "fields": fields,
    }
    # Not canonical(): a command may hold a text that no event may, and is refused for it later.
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _sparse(value: object) -> Any:
    """The value as plain JSON, without the fields that have their default."""
    if dataclasses.is_dataclass(value):
        return {
            field.name: _sparse(given)
            for field in dataclasses.fields(value)
            if (given := getattr(value, field.name)) != default_of(field)
        }
    if isinstance(value, tuple):
        return [_sparse(item) for item in cast("Sequence[object]", value)]
    return plain(value, "command", _unsealed)


def default_of(field: dataclasses.Field[Any]) -> Any:
    """The default of a field; ``dataclasses.MISSING`` for a required one."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _unsealed(_path: str, text: Sealed) -> str:
    return str(text.value)
