"""Random events of the core, made from the types of their fields.

They break the rules that handlers check, for no fold may rely on those. But references keep to
two rules of real events: a reference never changes, and a name is given once.

Hypothesis draws the steps and one seed; values come from that seed, for an event has dozens of
them and an example of Hypothesis has room for some thousands.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from eventsourcing.utils import get_topic
from hypothesis import strategies as st

from intersessional.domain.correction.correctable_fields import correctable_fields
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent, events_of
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.plugins.core import CORE
from tests.projections.occurred_texts import OCCURRED_TEXTS

_FIRSTS = {
    subject: [kind for kind in events_of(subject) if issubclass(kind, CreatedEvent)]
    for subject in CORE.aggregates
}

STREAMS = {
    subject.TOPIC: tuple(UUID(int=100 * n + m) for m in range(1, len(firsts) + 2))
    for n, (subject, firsts) in enumerate(_FIRSTS.items(), 1)
}
"""The subjects of each kind: enough for every first event."""

_ANYONE = [stream for streams in STREAMS.values() for stream in streams]

_Values = Callable[[Random], Any]


def _one_of(values: Sequence[Any]) -> _Values:
    return lambda random: random.choice(values)


_ATOMS: Mapping[Any, _Values] = {
    bool: _one_of((False, True)),
    int: _one_of(range(4)),
    str: _one_of(("one", "two")),
    date: lambda random: date(2017, 1, 1) + timedelta(days=random.randrange(3 * 365)),
    datetime: lambda random: datetime(2017, 1, 1, tzinfo=UTC) + timedelta(random.uniform(0, 1095)),
    Occurred: _one_of([Occurred.parse(text) for text in OCCURRED_TEXTS]),
    Sealed: _one_of((Sealed("some text"), Sealed("other text"))),
    NoneType: _one_of((None,)),
}
_ENVELOPE = {"originator_topic", "originator_id", "originator_version", "timestamp", "act"}


Step = tuple[type[Aggregate], type[DomainEvent]]

_STEPS: list[Step] = [(subject, kind) for subject in CORE.aggregates for kind in events_of(subject)]

KINDS = {kind for _, kind in _STEPS}
"""Every kind of event."""

some_steps = st.lists(st.sampled_from(_STEPS), min_size=3, max_size=12)
"""A few of the things that can happen."""

every_step = st.permutations(_STEPS)
"""Everything that can happen, in some order."""


@st.composite
def random_histories(draw: st.DrawFn, steps: st.SearchStrategy[list[Step]]) -> list[DomainEvent]:
    """Random events in the order of recording; each aggregate starts with a first event."""
    random = draw(st.randoms(use_true_random=True))
    drawn: list[DomainEvent] = []
    by_stream: dict[UUID, list[DomainEvent]] = {}
    for subject, kind in draw(steps):
        streams, firsts = STREAMS[subject.TOPIC], _FIRSTS[subject]
        if kind in firsts:
            if any(type(event) is kind for event in drawn):
                continue
            stream = next(one for one in streams if one not in by_stream)
        else:
            stream = random.choice(streams[:2])
        if stream not in by_stream:
            first = kind if kind in firsts else random.choice(firsts)
            topic = get_topic(subject)
            by_stream[stream] = [_event(random, first, stream, [], originator_topic=topic)]
            drawn += by_stream[stream]
        if kind not in firsts:
            before = by_stream[stream]
            drawn.append(_event(random, kind, stream, before))
            before.append(drawn[-1])
    return drawn


def told_wrongly(random: Random, event: DomainEvent, *paths: str) -> DomainEvent:
    """The event with other values in the fields at the paths.

    Without a path it is told wrongly in all the fields that a correction may change, and its time.
    """
    hints, wrong = correctable_fields(type(event)), event
    if not paths:
        occurred: Occurred = _values(Occurred, "occurred")(random)
        fields: dict[str, Any] = {
            "act": dataclasses.replace(event.act, occurred=occurred),
            "timestamp": occurred.begins,
        }
        wrong = dataclasses.replace(event, **fields)
    for path in paths or hints:
        values = _values(_plain_type(hints[path]), path.rpartition(".")[2])
        wrong = _with_another(random, wrong, path.split("."), values)
    return wrong


def _with_another(random: Random, value: Any, path: list[str], values: _Values) -> Any:
    if not path:
        return values(random)
    if value is None:
        return None
    name, *rest = path
    if name == "*":
        return tuple(_with_another(random, item, rest, values) for item in value)
    inner = _with_another(random, getattr(value, name), rest, values)
    return dataclasses.replace(value, **{name: inner})


def _plain_type(hint: Any) -> Any:
    """The type without what is noted of it."""
    if get_origin(hint) is Annotated:
        return get_args(hint)[0]
    if get_origin(hint) in (Union, UnionType):
        return Union[*map(_plain_type, get_args(hint))]
    return hint


def _event(
    random: Random,
    kind: type[DomainEvent],
    stream: UUID,
    before: list[DomainEvent],
    **envelope: object,
) -> DomainEvent:
    act: Act = _values(Act, "act")(random)
    fields: dict[str, Any] = {
        **envelope,
        "originator_id": stream,
        "originator_version": len(before) + 1,
        "timestamp": act.occurred.begins,
        "act": act,
    }
    for name, values in _fields(kind).items():
        for_good = before and _is_for_good(before[0], name)
        fields[name] = getattr(before[0], name) if for_good else values(random)
    return kind(**fields)


def _is_for_good(first: DomainEvent, name: str) -> bool:
    return isinstance(getattr(first, name, None), UUID | Enum)


@cache
def _fields(made: type[Any]) -> dict[str, _Values]:
    """The values of each field of a dataclass."""
    hints = get_type_hints(made)
    names = [field.name for field in dataclasses.fields(made)]
    return {name: _values(hints[name], name) for name in names if name not in _ENVELOPE}


@cache
def _values(hint: Any, name: str) -> _Values:
    """Values of a type, for a field of this name."""
    if hint in _ATOMS:
        return _ATOMS[hint]
    if hint is UUID:
        return _one_of(STREAMS.get(name.removesuffix("_id"), _ANYONE))
    if get_origin(hint) in (Union, UnionType):
        either = [_values(one, name) for one in get_args(hint)]
        return lambda random: random.choice(either)(random)
    if get_origin(hint) is tuple:
        one = _values(get_args(hint)[0], name)
        return lambda random: tuple({one(random): None for _ in range(random.randint(0, 2))})
    if issubclass(hint, Enum):
        return _one_of([*hint])
    fields = _fields(hint)
    return lambda random: hint(**{name: values(random) for name, values in fields.items()})
