"""Recorded events of a window, for tests of its view."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from uuid import UUID, uuid4

from eventsourcing.utils import get_topic

from intersessional.domain.kernel.act import LIVE, Act, Actor, Provenance, Role
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.published_revision import PublishedRevision
from intersessional.plugins.comment_window.rule import WindowRule
from intersessional.projections.kernel.recorded_event import RecordedEvent

GROUP = UUID("11111111-2027-4000-8000-000000000001")
CYCLE = UUID("11111111-2027-4000-8000-000000000002")
CAUSE = CausingEvent(UUID("11111111-2027-4000-8000-000000000003"), 2)


MEETING = CausingEvent(UUID("11111111-2027-4000-8000-000000000004"), 3)
DRAFT = UUID("11111111-2027-4000-8000-000000000005")

rule_of = partial(WindowRule.of, annual_meeting=MEETING, policy=None)
"""The rule for these days, without a policy."""


def draft_of(published: Occurred) -> PublishedRevision:
    """The first draft of the group, published then."""
    return PublishedRevision(DRAFT, 1, published)


def act(occurred: str | datetime, provenance: Provenance = LIVE) -> Act:
    """An act of the operator."""
    when = Occurred.parse(occurred) if isinstance(occurred, str) else Occurred.instant(occurred)
    return Act(Actor(Role.OPERATOR), uuid4(), when, provenance)


def recorded(events: Iterable[DomainEvent]) -> Sequence[RecordedEvent]:
    """These events at the positions from 1 on."""
    return [
        RecordedEvent(
            position=position,
            recorded_at=datetime(2027, 1, 1, tzinfo=UTC),
            stream=event.originator_id,
            version=event.originator_version,
            topic=get_topic(type(event)),
            event=event,
        )
        for position, event in enumerate(events, 1)
    ]
