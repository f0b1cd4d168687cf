"""The invariant holds for the views of the core, with any history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.infra.read_models.document_reader import PostgresDocumentReader
from intersessional.plugins.core import CORE
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.view import AnyView
from tests.databases import fresh_database
from tests.infra.read_models.folded_view import FoldedView
from tests.infra.read_models.harness import open_harness
from tests.infra.read_models.view_answer import read_answers
from tests.projections.occurred_texts import INSTANTS
from tests.projections.random_events import KINDS, every_step, random_histories, some_steps

TEST_MAX_S = 500.0
"""A law of every event reads each view some fifty times: a busy machine is no fault of it."""


@dataclass(frozen=True)
class ReadPattern:
    """The positions and pages at which a view is read."""

    batch_size: int
    """So many events are recorded at once."""
    stride: int
    """Only positions divisible by this are read."""
    instant: datetime
    first: int
    after: int


patterns = st.builds(
    ReadPattern,
    batch_size=st.integers(1, 8),
    stride=st.integers(2, 5),
    instant=st.sampled_from(INSTANTS),
    first=st.integers(1, 3),
    after=st.integers(0, 6),
)
on_one_database = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.timeout(TEST_MAX_S + 30)
@settings(on_one_database, max_examples=8)
@given(history=random_histories(some_steps), pattern=patterns)
async def test_live_later_and_fresh_answers_are_equal(
    postgres: str, harness_template: str, history: list[DomainEvent], pattern: ReadPattern
) -> None:
    await assert_invariant(postgres, harness_template, history, pattern)


@pytest.mark.timeout(TEST_MAX_S + 30)
@settings(on_one_database, max_examples=2)
@given(history=random_histories(every_step), pattern=patterns)
async def test_live_later_and_fresh_answers_are_equal_for_every_event(
    postgres: str, harness_template: str, history: list[DomainEvent], pattern: ReadPattern
) -> None:
    assert {type(event) for event in history} == KINDS
    await assert_invariant(
        postgres, harness_template, history, replace(pattern, batch_size=11, stride=9)
    )


async def assert_invariant(
    server: str, template: str, history: Sequence[DomainEvent], pattern: ReadPattern
) -> None:
    """Record a history and compare, as it goes on and when it has ended."""
    async with (
        fresh_database(server, template) as dsn,
        open_harness(dsn, subjects=CORE.aggregates) as harness,
        harness.run_projector(*CORE.views, batch_max=5, wait_max_s=TEST_MAX_S) as reader,
    ):
        folded = [(view, FoldedView(view)) for view in CORE.views]
        position = 0
        for n in range(0, len(history), pattern.batch_size):
            before, position = position, await harness.record(*history[n : n + pattern.batch_size])
            recorded = await harness.events(after=before)
            for _, fold in folded:
                fold.extend(recorded)
            await reader.wait_until_reached(position)
            await _assert_equal(reader, folded, [AsOf(position)], pattern)

        positions = range(0, position, pattern.stride)
        states = [AsOf(n, known) for n in positions for known in (None, pattern.instant)]
        await _assert_equal(reader, folded, states, pattern)
        assert (await harness.replay(*CORE.views)).agrees


async def _assert_equal(
    reader: PostgresDocumentReader,
    folded: Sequence[tuple[AnyView, FoldedView]],
    states: Sequence[AsOf],
    pattern: ReadPattern,
) -> None:
    scopes = [(view, fold, fold.scope(pattern.first, pattern.after)) for view, fold in folded]
    reads = [(view, fold, scope, as_of) for view, fold, scope in scopes for as_of in states]
    answers = await read_answers(reader, [(view, scope, as_of) for view, _, scope, as_of in reads])
    for (_, fold, scope, as_of), answer in zip(reads, answers, strict=True):
        assert answer == fold.answer(as_of, scope)
