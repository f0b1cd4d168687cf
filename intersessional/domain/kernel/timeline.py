"""Timelines: values in the order in which they took effect, not in which they were recorded."""

from bisect import insort
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.occurred import Occurred

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class EffectiveValue(Generic[V]):
    """A value, and the event from whose end on it holds."""

    set_by: EventRef
    value: V

    @property
    def order(self) -> tuple[tuple[datetime, datetime], int]:
        """Its place in the order of effect."""
        return self.set_by.occurred.effect, self.set_by.version


@dataclass(frozen=True, slots=True)
class Timeline(Generic[V]):
    """The values that one thing has had, of the events of one stream, in order of effect."""

    values: tuple[EffectiveValue[V], ...] = ()

    def with_value(self, set_by: EventRef, value: V) -> "Timeline[V]":
        """The timeline with one more value, at its place in time."""
        values = [*self.values]
        insort(values, EffectiveValue(set_by, value), key=lambda one: one.order)
        return Timeline(tuple(values))

    def at(self, occurred: Occurred) -> EffectiveValue[V] | None:
        """The value in force for something that occurred then; None before the first."""
        past = (one for one in self.values if one.set_by.occurred.effect <= occurred.effect)
        return max(past, key=lambda one: one.order, default=None)

    @property
    def latest(self) -> EffectiveValue[V] | None:
        """The value that took effect last."""
        return self.values[-1] if self.values else None
