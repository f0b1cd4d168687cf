"""How each kind of event is stored, as lines that can be compared.

python -m tests.infra.event_store.stored_format > tests/infra/event_store/stored_format.txt
"""

import dataclasses
import sys
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from uuid import UUID

import orjson

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.command_body import default_of
from intersessional.infra.event_store.format.plain_values import field_names, plain
from tests.infra.event_store.event_strategies import (
    SUBJECTS,
    alternatives,
    fields_of,
    kinds_of,
    make,
)
from tests.landed_lines import lines_of, with_landed

CHECKED_IN = Path(__file__).with_suffix(".txt")
ACT = "act"

_HEADING = """\
# How each kind of event is stored: its topic, then its data, first with one value of each type,
# then with as little as it may hold; then what may stand in its enums, whether its texts can be
# erased, and its defaults. "act" stands for every event's act. Final since 2026-11-29: lines are
# added, and none is changed or removed (ADR 0022). An optional field adds lines to its topic; any
# other change is a new topic whose class has an upcast from the old one, whose lines stay.
# To print it anew: python -m tests.infra.event_store.stored_format
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
ACTS = [
    Act(actor=Actor(role, person), command=_ID, occurred=Occurred.parse("2018-04"), provenance=LIVE)
    for role, person in (
        (Role.OPERATOR, None),
        (Role.SYSTEM, None),
        (Role.MAG_CHAIR, _ID),
        (Role.COMMENTER, _SEALED),
    )
]
_FORMS = range(-1, 3)
"""Which type of a union an example has; -1 stands for null, an empty list, and the default."""


def example(hint: Any, form: int = 0) -> Any:
    """One value of a type, always the same for one form."""
    if hint in _EXAMPLES:
        return _EXAMPLES[hint]
    if get_origin(hint) is tuple:
        return () if form < 0 else (example(get_args(hint)[0], form),)
    if len(kinds := alternatives(hint)) > 1:
        if form < 0 and NoneType in kinds:
            return None
        kinds = tuple(kind for kind in kinds if kind is not NoneType)
        return example(kinds[min(max(form, 0), len(kinds) - 1)], form)
    if issubclass(hint, Enum):
        return next(iter(hint))
    return hint(**examples(hint, form))


def examples(kind: type, form: int = 0) -> dict[str, Any]:
    """A value for each field of a dataclass or an event."""
    assert dataclasses.is_dataclass(kind)
    defaults = {field.name: default_of(field) for field in dataclasses.fields(kind)}
    return {
        name: example(hint, form)
        if form >= 0 or defaults[name] is dataclasses.MISSING
        else defaults[name]
        for name, hint in fields_of(kind).items()
        if name != ACT
    }


def stored_format(aggregates: Collection[type[Aggregate]] = SUBJECTS) -> list[str]:
    """The lines for these aggregates."""
    lines = [f"{ACT} {canonical(plain(act, ACT, _unsealed)).decode()}" for act in ACTS]
    lines += _facts(ACT, "", Act)
    codec, kinds = Codec(aggregates), kinds_of(aggregates)
    for topic in sorted(kinds):
        lines += _data(codec, *kinds[topic], topic)
        lines += _facts(topic, "", kinds[topic][1])
    return lines


def stored_correction() -> str:
    """How a correction is stored: the event of another topic, complete, with a reason."""
    fact = make(
        Cycle,
        Cycle.ResourcesAssessed,
        examples(Cycle.ResourcesAssessed) | {ACT: ACTS[0]},
        stream=_ID,
        version=2,
    )
    fields: dict[str, Any] = {
        "originator_id": _ID,
        "originator_version": 3,
        "timestamp": fact.timestamp,
        ACT: ACTS[0],
        "fact": fact,
        "reason": _SEALED,
    }
    new = Codec(SUBJECTS).new_event(FactCorrected(**fields))
    return f"{new.topic} {canonical(orjson.loads(new.state)['data']).decode()}"


def _data(
    codec: Codec, aggregate: type[Aggregate], kind: type[DomainEvent], topic: str
) -> Iterator[str]:
    seen: set[bytes] = set()
    for form in sorted(_FORMS, key=lambda form: (form < 0, form)):
        values = examples(kind, form) | {ACT: ACTS[0]}
        event = make(aggregate, kind, values, stream=_ID, version=1)
        data = canonical(orjson.loads(codec.new_event(event).state)["data"])
        if data not in seen:
            seen.add(data)
            yield f"{topic} {data.decode()}"


def _facts(topic: str, path: str, kind: type) -> Iterator[str]:
    """What the data does not show: defaults, enums, and whether a text can be erased."""
    assert dataclasses.is_dataclass(kind)
    hints = get_type_hints(kind, include_extras=True)
    for field in dataclasses.fields(kind):
        if field.name not in fields_of(kind) or (kind is not Act and field.name == ACT):
            continue
        place, default = f"{path}{field.name}", default_of(field)
        if default is not dataclasses.MISSING:
            yield f"{topic} {place} = {canonical(plain(default, place, _unsealed)).decode()}"
        yield from _within(topic, place, hints[field.name])


def _within(topic: str, place: str, hint: Any) -> Iterator[str]:
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        yield from (f"{topic} {place} is {note.value}" for note in notes if isinstance(note, Enum))
        yield from _within(topic, place, inner)
    elif get_origin(hint) is tuple:
        yield from _within(topic, f"{place}[]", get_args(hint)[0])
    elif len(kinds := alternatives(hint)) > 1:
        for kind in kinds:
            yield from _within(topic, place, kind)
    elif issubclass(hint, Enum):
        yield from (f"{topic} {place} may be {one.value}" for one in hint)
    elif hint is not Sealed and field_names(hint):
        yield from _facts(topic, f"{place}.", hint)


def _unsealed(_path: str, text: Sealed) -> str:
    return str(text.value)


def anew() -> str:
    """The file as it is to be printed now."""
    return _HEADING + with_landed(lines_of(CHECKED_IN), stored_format())


if __name__ == "__main__":
    sys.stdout.write(anew())
