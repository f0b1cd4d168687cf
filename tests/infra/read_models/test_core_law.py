"""The law holds for what readers really see: the views of the core, whatever happens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.subjects import CORE_AGGREGATES
from intersessional.infra.read_models.document_reader import PostgresDocumentReader
from intersessional.projections.core import CORE_VIEWS
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.recorded_event import RecordedEvent
from tests.infra.read_models.law import Scope, asked, folded
from tests.infra.read_models.world import a_world
from tests.projections.core_events import KINDS, core_histories, every_step, some_steps
from tests.projections.whens import INSTANTS

SCHEMAS = count()


@dataclass(frozen=True)
class Asking:
    """How it is asked."""

    together: int
    """So many events are recorded at once."""
    stride: int
    """Every so manyeth position is asked for."""
    instant: datetime
    first: int
    after: int


askings = st.builds(
    Asking,
    together=st.integers(1, 8),
    stride=st.integers(2, 5),
    instant=st.sampled_from(INSTANTS),
    first=st.integers(1, 3),
    after=st.integers(0, 6),
)
on_one_database = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@settings(on_one_database, max_examples=10)
@given(history=core_histories(some_steps), asking=askings)
async def test_live_asked_later_and_folded_afresh_are_equal(
    database_url: str, history: list[DomainEvent], asking: Asking
) -> None:
    await assert_the_law(database_url, history, asking)


@settings(on_one_database, max_examples=2)
@given(history=core_histories(every_step), asking=askings)
async def test_they_are_equal_when_all_that_can_happen_has_happened(
    database_url: str, history: list[DomainEvent], asking: Asking
) -> None:
    assert {type(event) for event in history} == KINDS
    await assert_the_law(database_url, history, replace(asking, together=11, stride=9))


async def assert_the_law(dsn: str, history: Sequence[DomainEvent], asking: Asking) -> None:
    """Record a history and compare, as it goes on and when it has ended."""
    async with (
        a_world(dsn, f"core_law_{next(SCHEMAS)}", CORE_AGGREGATES) as world,
        world.projecting(*CORE_VIEWS, batch_max=5) as reader,
    ):
        recorded: list[RecordedEvent] = []
        for n in range(0, len(history), asking.together):
            position = await world.record(*history[n : n + asking.together])
            recorded = await world.events()
            await reader.reached(position)
            await _compare(reader, recorded, AsOf(position), asking)

        for position in range(0, len(recorded), asking.stride):
            for moment in (AsOf(position), AsOf(position, asking.instant)):
                await _compare(reader, recorded, moment, asking)
        assert (await world.replay(*CORE_VIEWS)).agrees


async def _compare(
    reader: PostgresDocumentReader, recorded: Sequence[RecordedEvent], moment: AsOf, asking: Asking
) -> None:
    for view in CORE_VIEWS:
        scope = Scope.of(view, recorded, asking.first, asking.after)
        fresh = folded(view, recorded[: moment.position], moment, scope)
        assert await asked(reader, view, moment, scope) == fresh
