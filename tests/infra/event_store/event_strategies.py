"""Hypothesis strategies of events, from their annotations."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum
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
from tests.infra.event_store.format.json_strategies import integers, texts

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


instants = st.datetimes(timezones=st.just(UTC))
occasions = st.one_of(
    instants.map(Occurred.instant),
    st.dates().map(lambda day: Occurred(day.isoformat(), Precision.DAY)),
    st.dates().map(lambda day: Occurred(day.isoformat()[:7], Precision.MONTH)),
    st.dates().map(lambda day: Occurred(day.isoformat()[:4], Precision.YEAR)),
    st.tuples(st.dates(), st.dates()).map(
        lambda days: Occurred(f"{min(days)}/{max(days)}", Precision.PERIOD)
    ),
)
_STRATEGIES: dict[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    bool: st.booleans(),
    int: integers,
    str: texts,
    UUID: st.uuids(),
    date: st.dates(),
    datetime: instants,
    Occurred: occasions,
    Sealed: texts.map(Sealed),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type of an event's field."""
    if hint in _STRATEGIES:
        return _STRATEGIES[hint]
    if get_origin(hint) is tuple:
        return st.lists(values_of(get_args(hint)[0]), max_size=3).map(tuple)
    if len(kinds := alternatives(hint)) > 1:
        return st.one_of(*map(values_of, kinds))
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    return st.builds(hint, **{name: values_of(inner) for name, inner in fields_of(hint).items()})


@st.composite
def events(draw: st.DrawFn, topics: st.SearchStrategy[str]) -> DomainEvent:
    """An event of one of these topics as it happens, its texts not yet sealed."""
    subject, kind = KINDS[draw(topics)]
    values = {name: draw(values_of(hint)) for name, hint in fields_of(kind).items()}
    return make(
        subject, kind, values, stream=draw(st.uuids()), version=draw(st.integers(1, INTEGER_MAX))
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
