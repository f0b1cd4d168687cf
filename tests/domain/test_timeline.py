"""A timeline answers the same in whatever order its values are told."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.domain.kernel.act import LIVE
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.timeline import Timeline
from tests.domain.actors import id_of

_FIRST = date(2018, 1, 1)


@st.composite
def periods(draw: st.DrawFn) -> Occurred:
    """A day or a period of 2018."""
    begins = _FIRST + timedelta(days=draw(st.integers(0, 60)))
    ends = begins + timedelta(days=draw(st.integers(0, 30)))
    return Occurred.parse(f"{begins}" if begins == ends else f"{begins}/{ends}")


def told(facts: Sequence[tuple[int, Occurred]]) -> Timeline[Occurred]:
    """The timeline of these facts, told in this order; a fact keeps its place in the stream."""
    timeline: Timeline[Occurred] = Timeline()
    for version, occurred in facts:
        ref = EventRef(stream=id_of("policy"), version=version, occurred=occurred, provenance=LIVE)
        timeline = timeline.with_value(ref, occurred)
    return timeline


@settings(max_examples=50)
@given(st.lists(periods(), max_size=6), periods(), st.randoms(use_true_random=False))
def test_value_at_a_time_does_not_depend_on_the_order_of_telling(
    periods: list[Occurred], at: Occurred, random: Random
) -> None:
    facts = list(enumerate(periods, 1))
    shuffled = random.sample(facts, len(facts))

    assert told(shuffled) == told(facts)
    found = told(shuffled).at(at)
    effects = [one.effect for one in periods if one.effect <= at.effect]
    assert (found and found.value.effect) == (max(effects) if effects else None)
