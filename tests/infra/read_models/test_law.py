"""The live view at a position, the view asked for it later, and a fresh fold are equal."""

from contextlib import AsyncExitStack
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View
from tests.infra.read_models.histories import Happened, Traces, histories, tell, views
from tests.infra.read_models.law import Scope, asked, folded
from tests.infra.read_models.world import a_world
from tests.projections.whens import INSTANTS

SCHEMAS = count()


@settings(
    max_examples=14, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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

        recorded: list[RecordedEvent] = []
        for events in tell(history):
            position = await world.record(*events)
            recorded = await world.events()
            for n, view in enumerate(watched):
                reader = readers[n % len(readers)]
                await reader.reached(position)
                moment, scope = AsOf(position), Scope.of(view, recorded, first, after)
                assert await asked(reader, view, moment, scope) == folded(
                    view, recorded, moment, scope
                )

        for view in watched:
            scope = Scope.of(view, recorded, first, after)
            for moment in map(AsOf, range(len(recorded) + 1)):
                assert await asked(readers[0], view, moment, scope) == folded(
                    view, recorded[: moment.position], moment, scope
                )
        assert (await world.replay(*watched)).agrees


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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
            scope = Scope.of(view, recorded, first, after)
            for instant in INSTANTS:
                moment = AsOf(position, instant)
                assert await asked(reader, view, moment, scope) == folded(
                    view, recorded, moment, scope
                )
