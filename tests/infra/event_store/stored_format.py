"""How one event of each kind is stored, as text that can be compared.

python -m tests.infra.event_store.stored_format > tests/infra/event_store/stored_format.txt
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin
from uuid import UUID

import orjson

from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.codec import Codec
from tests.infra.event_store.event_strategies import (
    KINDS,
    SUBJECTS,
    alternatives,
    fields_of,
    make,
    parts,
    sealed_fields,
)

CHECKED_IN = Path(__file__).with_suffix(".txt")

_HEADING = """\
# How each kind of event is stored: its topic, then its data, with one value of each type; then,
# for each of its texts, whether it can be erased.
# Final from the first event on: lines are added, and none is changed. What can stand in an
# enum may grow. To print it anew: python -m tests.infra.event_store.stored_format
"""
_ID = UUID("00000000-0000-4000-8000-000000000001")
_SEALED = Sealed(sealed="00ff")
_EXAMPLES: dict[Any, Any] = {
    bool: True,
    int: 1,
    str: "key",
    UUID: _ID,
    date: date(2018, 4, 4),
    datetime: datetime(2018, 4, 4, 12, tzinfo=UTC),
    Occurred: Occurred.parse("2018-03-19/2018-03-22"),
    Sealed: _SEALED,
}
_ACTS = [
    Act(actor=Actor(role, person), command=_ID, occurred=Occurred.parse("2018-04"), provenance=LIVE)
    for role, person in ((Role.OPERATOR, None), (Role.MAG_CHAIR, _ID), (Role.COMMENTER, _SEALED))
]


def example(hint: Any) -> Any:
    """One value of a type, always the same."""
    if hint in _EXAMPLES:
        return _EXAMPLES[hint]
    if get_origin(hint) is tuple:
        return (example(get_args(hint)[0]),)
    if len(kinds := alternatives(hint)) > 1:
        return example(next(kind for kind in kinds if kind is not NoneType))
    if issubclass(hint, Enum):
        return next(iter(hint))
    return hint(**{name: example(inner) for name, inner in fields_of(hint).items()})


def states() -> Iterator[tuple[str, bytes]]:
    """The state of one event of each kind, by its topic."""
    codec = Codec(SUBJECTS)
    for topic, (subject, kind) in sorted(KINDS.items()):
        fields = fields_of(kind)
        values = {name: example(hint) for name, hint in fields.items() if name != "act"}
        for act in _ACTS:
            event = make(subject, kind, values | {"act": act}, stream=_ID, version=1)
            yield topic, codec.new_event(event).state


def stored_format() -> str:
    """The text of the file."""
    acts: dict[bytes, None] = {}
    kinds: dict[str, bytes] = {}
    for topic, state in states():
        stored = orjson.loads(state)
        acts[canonical(stored.pop("act"))] = None
        kinds[topic] = canonical(stored.pop("data"))
        assert not stored
    enums = {
        hint for _, kind in KINDS.values() for _, hint in parts("", kind) if issubclass(hint, Enum)
    }
    lines = [
        *(f"act {act.decode()}" for act in acts),
        *(f"{topic} {data.decode()}" for topic, data in kinds.items()),
        *_retention(),
        *sorted(f"{kind.__name__} {' '.join(one.value for one in kind)}" for kind in enums),
    ]
    return _HEADING + "\n".join(lines) + "\n"


def _retention() -> Iterator[str]:
    """A line for each kind of event with texts, which says of each whether it can be erased."""
    for topic, (_, kind) in sorted(KINDS.items()):
        fields = [
            f"{path}={retention and retention.value}"
            for path, retention in sealed_fields("", kind)
            if not path.startswith("act.")
        ]
        if fields:
            yield " ".join(("texts", topic, *sorted(fields)))
    for path, retention in sealed_fields("act", Act):
        yield f"texts {path}={retention and retention.value}"


if __name__ == "__main__":
    sys.stdout.write(stored_format())
