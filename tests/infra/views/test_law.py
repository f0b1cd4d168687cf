"""The live view at a position, the view asked for it later, and a fresh fold are equal."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from itertools import count
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intersessional.infra.views.reader import ViewReader
from intersessional.projections import fold
from intersessional.projections.moment import Moment
from intersessional.projections.reader import Found, Page
from intersessional.projections.recorded import Recorded
from intersessional.projections.view import View
from tests.infra.views.histories import (
    INSTANTS,
    KINDS,
    OWNERS,
    Happened,
    Traces,
    histories,
    tell,
    views,
)
from tests.infra.views.world import a_world

KEYS = [UUID(int=n) for n in range(1, 6)]
SCHEMAS = count()

Answer = tuple[Mapping[UUID, Found[Traces]], dict[Any, Page[Traces]]]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    history=histories,
    watched=views,
    batch_max=st.integers(1, 7),
    projectors=st.integers(1, 2),
    first=st.integers(1, 3),
    after=st.integers(0, 12),
)
async def test_live_asked_later_and_folded_afresh_are_equal(
    database_url: str,
    history: list[list[Happened]],
    watched: list[View[Traces]],
    batch_max: int,
    projectors: int,
    first: int,
    after: int,
) -> None:
    async with a_world(database_url, f"law_{next(SCHEMAS)}") as world, AsyncExitStack() as stack:
        readers = [
            await stack.enter_async_context(world.projecting(*watched, batch_max=batch_max))
            for _ in range(projectors)
        ]

        live: dict[tuple[str, int], Answer] = {}
        for events in tell(history):
            position = await world.record(*events)
            for n, view in enumerate(watched):
                reader = readers[n % len(readers)]
                await reader.reached(position)
                answer = await _ask(reader, view, Moment(position), first, after)
                live[view.name, position] = answer
        recorded = await world.events()

        for view in watched:
            for position in range(len(recorded) + 1):
                moment = Moment(position)
                fresh = _fold(view, recorded, moment, first, after)
                later = await _ask(readers[0], view, moment, first, after)
                assert later == fresh
                assert live.get((view.name, position), fresh) == fresh


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    history=histories,
    watched=views,
    first=st.integers(1, 3),
    after=st.integers(0, 12),
    data=st.data(),
)
async def test_what_had_happened_by_an_instant_equals_a_fold_of_just_that(
    database_url: str,
    history: list[list[Happened]],
    watched: list[View[Traces]],
    first: int,
    after: int,
    data: st.DataObject,
) -> None:
    async with (
        a_world(database_url, f"law_{next(SCHEMAS)}") as world,
        world.projecting(*watched) as reader,
    ):
        last = [await world.record(*events) for events in tell(history)][-1]
        await reader.reached(last)
        recorded = await world.events()
        position = data.draw(st.integers(0, last))

        for view in watched:
            for instant in INSTANTS:
                moment = Moment(position, instant)
                asked = await _ask(reader, view, moment, first, after)
                assert asked == _fold(view, recorded, moment, first, after)
                assert await reader.histories(view, KEYS, moment) == fold.histories(
                    view, recorded, moment
                )
                assert await reader.uncertain(view, KEYS, moment) == fold.uncertain(
                    view, recorded, moment
                )


async def _ask(
    reader: ViewReader, view: View[Traces], moment: Moment, first: int, after: int
) -> Answer:
    pages: dict[Any, Page[Traces]] = {}
    for kind in (None, *KINDS):
        found = await reader.pages(view, OWNERS, moment, kind=kind, first=first, after=after)
        pages |= {(parent, kind): page for parent, page in found.items()}
    return await reader.get(view, KEYS, moment), pages


def _fold(
    view: View[Traces], events: Sequence[Recorded], moment: Moment, first: int, after: int
) -> Answer:
    found = fold.fold(view, events, moment)
    return found, {
        (parent, kind): fold.page(view, found, parent, kind=kind, first=first, after=after)
        for parent in OWNERS
        for kind in (None, *KINDS)
    }
