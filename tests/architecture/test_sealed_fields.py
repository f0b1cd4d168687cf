"""Every sealed field of every event says whether its text can be erased (ADR 0004)."""

from dataclasses import dataclass

import pytest

from intersessional.domain.kernel.sealed import Erasable, Permanent, Retention, Sealed
from tests.infra.event_store.event_strategies import KINDS, sealed_fields


@pytest.mark.parametrize("topic", KINDS)
def test_sealed_field_of_an_event_is_erasable_or_permanent(topic: str) -> None:
    _, kind = KINDS[topic]

    plain = [path for path, retention in sealed_fields("", kind) if retention is None]

    assert plain == [], "annotate it with Erasable or Permanent, not with Sealed"


@pytest.mark.parametrize(
    ("topic", "path", "retention"),
    [
        ("draft.published.v1", "title", Retention.PERMANENT),
        ("draft.published.v1", "blocks.text", Retention.ERASABLE),
        ("draft.revised.v1", "changed.text", Retention.ERASABLE),
        ("meeting.scheduled.v1", "note", Retention.ERASABLE),
        ("meeting.summary_corrected.v1", "summary", Retention.ERASABLE),
        ("meeting.summary_corrected.v1", "reason", Retention.PERMANENT),
        ("proposal.put_forward.v1", "title", Retention.PERMANENT),
        ("proposal.revised.v1", "sections.text", Retention.ERASABLE),
    ],
)
def test_words_that_may_be_about_a_person_can_be_erased(
    topic: str, path: str, retention: Retention
) -> None:
    _, kind = KINDS[topic]

    assert dict(sealed_fields("", kind))[path] is retention


@pytest.mark.parametrize("topic", KINDS)
def test_event_closes_texts_of_its_own_fields(topic: str) -> None:
    _, kind = KINDS[topic]

    assert {*kind.CLOSES} <= {path for path, _ in sealed_fields("", kind)}


def test_sealed_fields_are_found_in_nested_values() -> None:
    @dataclass
    class Signature:
        name: Erasable
        place: Sealed | None

    @dataclass
    class Letter:
        title: Permanent
        pages: tuple[Erasable, ...]
        signatures: tuple[Signature, ...] | None
        copies: int

    assert dict(sealed_fields("", Letter)) == {
        "title": Retention.PERMANENT,
        "pages": Retention.ERASABLE,
        "signatures.name": Retention.ERASABLE,
        "signatures.place": None,
    }
