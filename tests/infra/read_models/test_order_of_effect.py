"""Facts that are recorded in any order give the same answer at every instant."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.view import View
from tests.databases import fresh_database
from tests.infra.read_models.folded_view import FoldedView
from tests.infra.read_models.harness import open_harness
from tests.infra.read_models.random_histories import (
    RandomEvent,
    TraceDocument,
    domain_events,
    random_events,
    views,
)
from tests.infra.read_models.view_answer import ViewAnswer, read_answers
from tests.projections.occurred_texts import INSTANTS, OCCURRED_TEXTS

_DAYS = [(date(2018, 2, 26) + timedelta(n)).isoformat() for n in range(12)]
_FIRST_MAX = 100


@st.composite
def facts_in_two_orders(draw: st.DrawFn) -> tuple[list[RandomEvent], list[RandomEvent]]:
    """Facts of different times; those of one time take effect as they are recorded."""
    times = st.sampled_from(sorted({*OCCURRED_TEXTS, *_DAYS}))
    texts = draw(st.lists(times, min_size=3, max_size=12, unique=True))
    facts = [RandomEvent(one.item, one.amount, at) for at in texts for one in [draw(random_events)]]
    return facts, draw(st.permutations(facts))


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(orders=facts_in_two_orders(), watched=views, batch_max=st.integers(1, 7))
async def test_recorded_in_any_order_the_answer_is_the_same_at_every_instant(
    postgres: str,
    harness_template: str,
    orders: tuple[list[RandomEvent], list[RandomEvent]],
    watched: list[View[TraceDocument]],
    batch_max: int,
) -> None:
    first, second = [
        await answers(postgres, harness_template, facts, watched, batch_max) for facts in orders
    ]

    assert first == second


async def answers(
    server: str,
    template: str,
    facts: Sequence[RandomEvent],
    watched: Sequence[View[Any]],
    batch_max: int,
) -> list[Mapping[str, Any]]:
    """The answers of all views now and as of each instant, without positions."""
    async with (
        fresh_database(server, template) as dsn,
        open_harness(dsn) as harness,
        harness.run_projector(*watched, batch_max=batch_max) as reader,
    ):
        last = [await harness.record(*events) for events in domain_events([[f] for f in facts])][-1]
        await reader.wait_until_reached(last)
        recorded = await harness.events()
        states = [AsOf(last), *(AsOf(last, instant) for instant in INSTANTS)]
        scopes = [(view, FoldedView(view, recorded).scope(_FIRST_MAX, 0)) for view in watched]
        reads = [(view, scope, as_of) for view, scope in scopes for as_of in states]
        return [without_positions(answer) for answer in await read_answers(reader, reads)]


def without_positions(answer: ViewAnswer) -> Mapping[str, Any]:
    """The documents, lists and counts of an answer; lists that hold nothing are left out."""
    return {
        "documents": {key: one.document for key, one in answer.found.items()},
        "lists": {
            one: (page.total, {item.key for item in page.items})
            for one, page in answer.pages.items()
            if page.total
        },
        "counts": {one: counts for one, counts in answer.counts.items() if counts},
        "uncertain": {
            key: sorted(one.occurred.at for one in events)
            for key, events in answer.uncertain.items()
        },
    }
