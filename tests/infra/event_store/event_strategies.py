"""Hypothesis strategies of events, from their annotations."""

import dataclasses
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from eventsourcing.utils import get_topic
from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent, events_of
from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.domain.kernel.sealed import Retention, Sealed
from intersessional.infra.event_store.format.canonical_json import INTEGER_MAX
from intersessional.plugins.composition import installed_plugins

SUBJECTS = tuple(installed_plugins().aggregates)
"""The aggregates of every installed plugin."""

Kinds = Mapping[str, tuple[type[Aggregate], type[DomainEvent]]]
"""Kinds of events by their topics, with the aggregates that they happen to."""


def kinds_of(subjects: Iterable[type[Aggregate]]) -> Kinds:
    """The kinds of events of these aggregates."""
    return {
        get_topic(event): (subject, event) for subject in subjects for event in events_of(subject)
    }


KINDS = kinds_of(SUBJECTS)
"""Every kind of event of every installed plugin."""

_OF_THE_LIBRARY = {"originator_id", "originator_version", "timestamp"}


@cache
def fields_of(kind: type) -> dict[str, Any]:
    """The fields of a dataclass or an event with their types, less what the library adds."""
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    return {name: hints[name] for name in names if name not in _OF_THE_LIBRARY}


def parts(place: str, hint: Any) -> Iterator[tuple[str, type]]:
    """Every simple type that a type is made of, each with its field."""
    if get_origin(hint) is not None:
        for argument in get_args(hint):
            if argument is not Ellipsis:
                yield from parts(place, argument)
    elif hint is not Sealed and dataclasses.is_dataclass(hint):
        assert isinstance(hint, type)
        for name, inner in fields_of(hint).items():
            yield from parts(f"{hint.__qualname__}.{name}", inner)
    else:
        yield place, hint


def sealed_fields(path: str, hint: Any) -> Iterator[tuple[str, Retention | None]]:
    """Every sealed text of a type by its path, with what its annotation says of its erasure."""
    if get_origin(hint) is Annotated and hint.__origin__ is Sealed:
        [retention] = hint.__metadata__
        yield path, retention
    elif hint is Sealed:
        yield path, None
    elif get_origin(hint) is not None:
        for argument in get_args(hint):
            yield from sealed_fields(path, argument)
    elif dataclasses.is_dataclass(hint):
        assert isinstance(hint, type)
        hints = get_type_hints(hint, include_extras=True)
        for field in dataclasses.fields(hint):
            inner = f"{path}.{field.name}" if path else field.name
            yield from sealed_fields(inner, hints[field.name])


def alternatives(hint: Any) -> tuple[Any, ...]:
    """The types of a union, or the one type that is none."""
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _texts(random: Random) -> str:
    points = (
        chr(random.choice((random.randrange(0x250), random.randrange(0xD800), 0x10FFFF, 0x1F389)))
        for _ in range(random.randrange(9))
    )
    return unicodedata.normalize("NFC", "".join(points))


def _dates(random: Random) -> date:
    return random.choice((date.min, date.max, date.fromordinal(random.randint(1, 3_652_059))))


def _instants(random: Random) -> datetime:
    since = timedelta(seconds=random.randrange(86_400), microseconds=random.choice((0, 1, 999_999)))
    return datetime.combine(_dates(random), time(), UTC) + since


def _occasions(random: Random) -> Occurred:
    day, other = _dates(random), _dates(random)
    return random.choice(
        (
            Occurred.instant(_instants(random)),
            Occurred(day.isoformat(), Precision.DAY),
            Occurred(day.isoformat()[:7], Precision.MONTH),
            Occurred(day.isoformat()[:4], Precision.YEAR),
            Occurred(f"{min(day, other)}/{max(day, other)}", Precision.PERIOD),
        )
    )


_ATOMS: dict[Any, Callable[[Random], Any]] = {
    NoneType: lambda _: None,
    bool: lambda random: random.random() < 0.5,
    int: lambda random: random.choice(
        (0, 1, INTEGER_MAX, -INTEGER_MAX, random.randint(-INTEGER_MAX, INTEGER_MAX))
    ),
    str: _texts,
    UUID: lambda random: UUID(int=random.getrandbits(128)),
    date: _dates,
    datetime: _instants,
    Occurred: _occasions,
    Sealed: lambda random: Sealed(_texts(random)),
}


@cache
def _values_of(hint: Any) -> Callable[[Random], Any]:
    """Values of a type of an event's field."""
    if hint in _ATOMS:
        return _ATOMS[hint]
    if get_origin(hint) is tuple:
        one = _values_of(get_args(hint)[0])
        return lambda random: tuple(one(random) for _ in range(random.randrange(4)))
    if len(kinds := alternatives(hint)) > 1:
        either = [_values_of(kind) for kind in kinds]
        return lambda random: random.choice(either)(random)
    if issubclass(hint, Enum):
        return lambda random: random.choice([*hint])
    return lambda random: hint(**_values_in(hint, random))


def _values_in(kind: type, random: Random) -> dict[str, Any]:
    return {name: _values_of(hint)(random) for name, hint in fields_of(kind).items()}


@st.composite
def events(draw: st.DrawFn, *topics: str) -> DomainEvent:
    """An event of one of these topics as it happens, its texts not yet sealed.

    Hypothesis draws its topic and a seed; its values come from that, for an event has dozens.
    """
    subject, kind = KINDS[draw(st.sampled_from(topics))]
    random = draw(st.randoms(use_true_random=True))
    return make(
        subject,
        kind,
        _values_in(kind, random),
        stream=_ATOMS[UUID](random),
        version=random.choice((1, 2, INTEGER_MAX - 1)),
    )


def make(
    subject: type[Aggregate],
    kind: Callable[..., DomainEvent],
    values: dict[str, Any],
    *,
    stream: UUID,
    version: int,
) -> DomainEvent:
    """An event with these values."""
    if "originator_topic" in values:
        values = values | {"originator_topic": get_topic(subject)}
    return kind(
        originator_id=stream,
        originator_version=version,
        timestamp=values["act"].occurred.begins,
        **values,
    )
