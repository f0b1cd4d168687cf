"""Properties of every view of the core."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.plugins.core import CORE
from intersessional.projections.comments import COMMENTS
from intersessional.projections.cycles import CYCLES
from intersessional.projections.decisions import DECISIONS
from intersessional.projections.drafts import DRAFTS
from intersessional.projections.groups import GROUPS
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.carried_lists import carried_lists
from intersessional.projections.kernel.fold import fold
from intersessional.projections.kernel.placement import placement_of
from intersessional.projections.kernel.recorded_event import RecordedEvent, UnknownEvent
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.proposals import PROPOSALS
from tests.projections.event_history import BEGINS, id_of
from tests.projections.random_events import every_step, random_histories


def recorded(history: Sequence[DomainEvent]) -> list[RecordedEvent]:
    """The events with positions, as the log would return them."""
    return [
        RecordedEvent(
            position=position,
            recorded_at=BEGINS,
            stream=event.originator_id,
            version=event.originator_version,
            topic=type(event).__qualname__,
            event=event,
        )
        for position, event in enumerate(history, 1)
    ]


def test_view_names_are_unique() -> None:
    assert len({view.name for view in CORE.views}) == len(CORE.views)


@pytest.mark.parametrize("view", CORE.views, ids=lambda view: view.name)
def test_an_event_whose_plugin_is_gone_concerns_no_view(view: AnyView) -> None:
    unknown = RecordedEvent(
        position=1,
        recorded_at=BEGINS,
        stream=id_of("gone"),
        version=1,
        topic="gone.began.v1",
        event=UnknownEvent({}),
    )

    assert not view.keys(unknown)
    assert view.evolve(None, unknown) is None


@settings(max_examples=10, deadline=None)
@given(history=random_histories(every_step))
def test_every_event_concerns_a_view(history: list[DomainEvent]) -> None:
    for one in recorded(history):
        assert any(view.keys(one) for view in CORE.views), one.topic


@settings(max_examples=10, deadline=None)
@given(history=random_histories(every_step))
def test_fold_never_fails_and_every_document_can_be_found(
    history: list[DomainEvent],
) -> None:
    events = recorded(history)
    for view in CORE.views:
        for n in range(0, len(events) + 1, 5):
            for one in fold(view, events, AsOf(n)).values():
                placement_of(view, one.document)


# Subscriptions resume after a position: two changes at one position could not be told apart.
@settings(max_examples=10, deadline=None)
@given(history=random_histories(every_step))
def test_event_concerns_at_most_one_document_of_a_view_that_is_watched(
    history: list[DomainEvent],
) -> None:
    watched: list[AnyView] = [COMMENTS, CYCLES, DECISIONS, DRAFTS, GROUPS, PROPOSALS]
    for one in recorded(history):
        assert all(len({*view.keys(one)}) <= 1 for view in watched), one.topic


@given(history=random_histories(every_step))
@settings(max_examples=5)
def test_lists_that_an_event_carries_are_those_of_its_document_after_it(
    history: list[DomainEvent],
) -> None:
    events = recorded(history)
    carried = {
        (view.name, one.position): lists
        for view in CORE.views
        for one in events
        if view.keys(one) and (lists := carried_lists(view, one)) is not None
    }
    for view in CORE.views:
        for one in events:
            if (lists := carried.get((view.name, one.position))) is not None:
                [document] = [
                    found.document
                    for key, found in fold(view, events, AsOf(one.position)).items()
                    if key in view.keys(one)
                ]
                assert {*lists} == {*view.lists(document)}
    assert {name for name, _ in carried} >= {COMMENTS.name, DECISIONS.name, DRAFTS.name}
