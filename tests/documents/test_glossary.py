"""The glossary is held to the code."""

import re
from pathlib import Path

import pytest

from intersessional.domain.kernel.aggregate import DomainEvent, events_of
from intersessional.plugins.composition import installed_plugins

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "GLOSSARY.md").read_text()

EVENTS = [event for subject in installed_plugins().aggregates for event in events_of(subject)]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__qualname__)
def test_event_is_in_the_glossary_with_its_sentence(event: type[DomainEvent]) -> None:
    topic = getattr(event, "TOPIC", None)

    assert f"| `{topic}` | {event.sentence()} |" in GLOSSARY


def test_glossary_has_no_event_that_does_not_exist() -> None:
    topics = re.findall(r"^\| `([a-z_]+\.[a-z_]+\.v\d+)` \|", GLOSSARY, re.MULTILINE)

    assert sorted(topics) == sorted(getattr(event, "TOPIC", "") for event in EVENTS)


def test_place_that_the_glossary_names_exists() -> None:
    places = re.findall(r"\| `([a-z]+/[a-z_/]*(?:\.py)?)` \|$", GLOSSARY, re.MULTILINE)

    assert len(places) > 15
    assert [place for place in places if not (ROOT / "intersessional" / place).exists()] == []
