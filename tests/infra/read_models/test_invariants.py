"""The live view at a position, the view read there later, and a fresh fold are equal."""

from contextlib import AsyncExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intersessional.infra.read_models import view_queries
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import DocumentReader
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, View
from tests.databases import fresh_database
from tests.infra.read_models.folded_view import FoldedView
from tests.infra.read_models.harness import open_harness
from tests.infra.read_models.positions import concerned_positions, found_positions
from tests.infra.read_models.random_histories import (
    RandomEvent,
    TraceDocument,
    domain_events,
    histories,
    views,
)
from tests.infra.read_models.view_answer import read_answer, read_answers
from tests.projections.occurred_texts import INSTANTS


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    history=histories,
    watched=views,
    batch_max=st.integers(1, 7),
    projectors=st.integers(1, 2),
    first=st.integers(1, 3),
    after=st.integers(0, 12),
)
async def test_live_later_and_fresh_answers_are_equal(
    postgres: str,
    harness_template: str,
    monkeypatch: pytest.MonkeyPatch,
    history: list[list[RandomEvent]],
    watched: list[View[TraceDocument]],
    batch_max: int,
    projectors: int,
    first: int,
    after: int,
) -> None:
    async with (
        fresh_database(postgres, harness_template) as dsn,
        open_harness(dsn) as harness,
        AsyncExitStack() as stack,
    ):
        readers = [
            await stack.enter_async_context(harness.run_projector(*watched, batch_max=batch_max))
            for _ in range(projectors)
        ]

        recorded: list[RecordedEvent] = []
        folded = [(view, FoldedView(view)) for view in watched]
        for events in domain_events(history):
            position = await harness.record(*events)
            new = await harness.events(after=len(recorded))
            recorded += new
            for n, (view, fold) in enumerate(folded):
                fold.extend(new)
                reader = readers[n % len(readers)]
                await reader.wait_until_reached(position)
                as_of, scope = AsOf(position), fold.scope(first, after)
                assert await read_answer(reader, view, as_of, scope) == fold.answer(as_of, scope)

        for view, fold in folded:
            scope = fold.scope(first, after)
            states = [AsOf(position) for position in range(len(recorded) + 1)]
            answers = await read_answers(readers[0], [(view, scope, one) for one in states])
            for as_of, answer in zip(states, answers, strict=True):
                assert answer == fold.answer(as_of, scope)
        # Each list is gone through, or none.
        monkeypatch.setattr(view_queries, "_SMALL", 1_000 if first % 2 else 0)
        monkeypatch.setattr(view_queries, "_WALKED", 2)
        await check_positions(readers[0], watched[0], recorded, limit=1 + first)
        assert (await harness.replay(*watched)).agrees


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
async def test_answer_as_of_an_instant_equals_a_fold_of_what_had_happened(
    postgres: str,
    harness_template: str,
    history: list[list[RandomEvent]],
    watched: list[View[TraceDocument]],
    first: int,
    after: int,
    data: st.DataObject,
) -> None:
    async with (
        fresh_database(postgres, harness_template) as dsn,
        open_harness(dsn) as harness,
        harness.run_projector(*watched) as reader,
    ):
        last = [await harness.record(*events) for events in domain_events(history)][-1]
        await reader.wait_until_reached(last)
        recorded = await harness.events()
        position = data.draw(st.integers(0, last))

        for view in watched:
            fold = FoldedView(view, recorded)
            scope = fold.scope(first, after)
            states = [AsOf(position, instant) for instant in INSTANTS]
            answers = await read_answers(reader, [(view, scope, one) for one in states])
            for as_of, answer in zip(states, answers, strict=True):
                assert answer == fold.answer(as_of, scope)


async def check_positions(
    reader: DocumentReader, view: AnyView, recorded: list[RecordedEvent], limit: int
) -> None:
    """The events of each document and each list are found without a walk over the log."""
    scope = FoldedView(view, recorded).scope(1, 0)
    for key in scope.keys:
        found = await found_positions(reader, view, key, len(recorded), limit)
        assert found == concerned_positions(view, recorded, key)
    for listed in scope.lists:
        found = await found_positions(reader, view, listed, len(recorded), limit)
        assert {*found} >= {*concerned_positions(view, recorded, listed)}
        assert found == sorted({*found})
