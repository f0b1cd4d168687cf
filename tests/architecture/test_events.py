"""Names of events: a past participle that does not repeat the aggregate's name."""

import re

import pytest
from eventsourcing.utils import get_topic

from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent, events_of
from intersessional.plugins.core import CORE

EVENTS = [(subject, event) for subject in CORE.aggregates for event in events_of(subject)]


def name_of(value: object) -> str:
    return value.__name__ if isinstance(value, type) else str(value)


@pytest.mark.parametrize(("subject", "event"), EVENTS, ids=name_of)
def test_event_name_does_not_repeat_its_aggregate(
    subject: type[Aggregate], event: type[DomainEvent]
) -> None:
    assert subject.__name__ not in event.__name__


@pytest.mark.parametrize(("subject", "event"), EVENTS, ids=name_of)
def test_event_topic_is_derived_from_its_name(
    subject: type[Aggregate], event: type[DomainEvent]
) -> None:
    happened = re.sub("(?<=[a-z])(?=[A-Z])", "_", event.__name__).lower()

    assert re.fullmatch(rf"{subject.TOPIC}\.{happened}\.v[1-9][0-9]*", get_topic(event))


@pytest.mark.parametrize("subject", CORE.aggregates, ids=name_of)
def test_aggregate_topic_is_derived_from_its_name(subject: type[Aggregate]) -> None:
    assert subject.noun().replace(" ", "_") == subject.TOPIC


@pytest.mark.parametrize("subject", CORE.aggregates, ids=name_of)
def test_aggregate_has_a_folder_of_its_own(subject: type[Aggregate]) -> None:
    assert subject.__module__ == f"intersessional.domain.{subject.TOPIC}.{subject.TOPIC}"


def test_every_aggregate_is_listed() -> None:
    domain = {
        kind
        for kind in Aggregate.__subclasses__()
        if kind.__module__.startswith("intersessional.domain.")
    }

    assert domain == set(CORE.aggregates)
