"""Random events of the core, made from the types of their fields.

They break the rules that handlers check, for no fold may rely on those. But references keep to
two rules of real events: a reference never changes, and a name is given once.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from eventsourcing.utils import get_topic
from hypothesis import strategies as st

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent, events_of
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.plugins.core import CORE
from tests.projections.occurred_texts import OCCURRED_TEXTS

Any_ = st.SearchStrategy[Any]

STREAMS = {
    subject.TOPIC: (UUID(int=100 * n + 1), UUID(int=100 * n + 2))
    for n, subject in enumerate(CORE.aggregates, 1)
}
"""The subjects of each kind."""

_ANYONE = [stream for streams in STREAMS.values() for stream in streams]

_ATOMS: Mapping[Any, Any_] = {
    bool: st.booleans(),
    int: st.integers(0, 3),
    str: st.sampled_from(("one", "two")),
    date: st.dates(date(2017, 1, 1), date(2019, 12, 31)),
    Occurred: st.sampled_from(OCCURRED_TEXTS).map(Occurred.parse),
    Sealed: st.sampled_from(("some text", "other text")).map(Sealed),
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
    drawn: list[DomainEvent] = []
    for subject, kind in draw(steps):
        stream = draw(st.sampled_from(STREAMS[subject.TOPIC]))
        before = [event for event in drawn if event.originator_id == stream]
        if not before:
            firsts = [kind for kind in events_of(subject) if issubclass(kind, CreatedEvent)]
            first = kind if kind in firsts else draw(st.sampled_from(firsts))
            before = [_event(draw, first, stream, [], originator_topic=get_topic(subject))]
            drawn += before
        if not issubclass(kind, CreatedEvent):
            drawn.append(_event(draw, kind, stream, before))
    return drawn


def _event(
    draw: st.DrawFn,
    kind: type[DomainEvent],
    stream: UUID,
    before: list[DomainEvent],
    **envelope: object,
) -> DomainEvent:
    act: Act = draw(_values(Act, "act"))
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {
        **envelope,
        "originator_id": stream,
        "originator_version": len(before) + 1,
        "timestamp": act.occurred.begins,
        "act": act,
    }
    for name in (field.name for field in dataclasses.fields(kind)):
        if name not in _ENVELOPE:
            for_good = before and _is_for_good(before[0], name)
            fields[name] = (
                getattr(before[0], name) if for_good else draw(_values(hints[name], name))
            )
    return kind(**fields)


def _is_for_good(first: DomainEvent, name: str) -> bool:
    return isinstance(getattr(first, name, None), UUID | Enum)


@cache
def _values(hint: Any, name: str) -> Any_:
    """Values of a type, for a field of this name."""
    if hint in _ATOMS:
        return _ATOMS[hint]
    if hint is UUID:
        return st.sampled_from(STREAMS.get(name.removesuffix("_id"), _ANYONE))
    if hint is NoneType:
        return st.none()
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([_values(one, name) for one in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(_values(get_args(hint)[0], name), max_size=2, unique=True).map(tuple)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    hints = get_type_hints(hint)
    return st.builds(
        hint, **{one.name: _values(hints[one.name], one.name) for one in dataclasses.fields(hint)}
    )
