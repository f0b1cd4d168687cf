"""A fact that was corrected is folded as if it had been recorded so."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.domain.correction.correctable_fields import correctable_fields
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.sealed import Sealed
from intersessional.plugins.composition import installed_plugins
from intersessional.plugins.core import CORE
from intersessional.projections.kernel.fold import fold_one
from intersessional.projections.kernel.question_view import question_view
from tests.projections.event_history import act
from tests.projections.random_events import every_step, random_histories, told_wrongly
from tests.projections.test_order_of_effect import MONTHS, as_recorded, documents, on_day

VIEWS = [
    *installed_plugins().views,
    *(question_view(one) for one in installed_plugins().questions),
]


@settings(max_examples=3, deadline=None)
@given(history=random_histories(every_step), data=st.data())
def test_told_wrongly_in_another_order_and_corrected_documents_are_the_same_at_every_instant(
    history: list[DomainEvent], data: st.DataObject
) -> None:
    random = data.draw(st.randoms(use_true_random=True))
    days = [*range(len(history))]
    random.shuffle(days)
    facts = [on_day(event, day) for event, day in zip(history, days, strict=True)]
    right, wrong = as_recorded(facts), as_recorded(corrected_later(random, facts))

    for view in CORE.views:
        for instant in MONTHS:
            assert documents(view, right, instant) == documents(view, wrong, instant), view.name


@settings(max_examples=2, deadline=None)
@given(history=random_histories(every_step), random=st.randoms(use_true_random=True))
def test_correction_concerns_the_documents_that_its_event_concerns(
    history: list[DomainEvent], random: Random
) -> None:
    for fact in as_recorded(history):
        assert isinstance(fact.event, DomainEvent)
        [wrong] = as_recorded([told_wrongly(random, fact.event)])
        for view in VIEWS:
            assert {*view.keys(fact)} == {*view.keys(wrong)}, (view.name, fact.topic)


@settings(max_examples=1, deadline=None)
@given(history=random_histories(every_step), random=st.randoms(use_true_random=True))
def test_document_is_as_if_the_field_had_been_recorded_as_it_was_corrected(
    history: list[DomainEvent], random: Random
) -> None:
    recorded = as_recorded(history)
    for one in recorded:
        assert isinstance(one.event, DomainEvent)
        for path in correctable_fields(type(one.event)):
            [correction] = as_recorded([correction_of(told_wrongly(random, one.event, path), 99)])
            correction = replace(correction, position=len(recorded) + 1)
            right = replace(one, event=correction.fact.event)
            for view in CORE.views:
                keys = {*view.keys(one)}
                assert {*view.keys(correction.fact)} == keys, (view.name, one.topic, path)
                for key in keys:
                    told = [event for event in recorded if key in view.keys(event)]
                    after = [right if event is one else event for event in told]
                    assert fold_one(view, [*told, correction]) == fold_one(view, after)


def corrected_later(random: Random, facts: Sequence[DomainEvent]) -> list[DomainEvent]:
    """The facts in another order, half of them wrong, with their corrections after them."""
    told, corrections = list[DomainEvent](), list[DomainEvent]()
    for fact in random.sample(facts, len(facts)):
        if random.random() < 0.5:
            told.append(fact)
            continue
        told.append(told_wrongly(random, fact))
        for form in (*random.choices([told_wrongly(random, fact)], k=random.randint(0, 1)), fact):
            corrections.append(correction_of(form, 1_000 + len(corrections)))
    return [*told, *corrections]


def correction_of(fact: DomainEvent, version: int) -> FactCorrected:
    """A correction that gives an event this form."""
    fields: dict[str, Any] = {
        "originator_id": fact.originator_id,
        "originator_version": version,
        "timestamp": fact.timestamp,
        "act": act("2018-12-24"),
        "fact": fact,
        "reason": Sealed("The source was misread."),
    }
    return FactCorrected(**fields)
