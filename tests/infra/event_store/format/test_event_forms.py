"""Every event of every installed plugin meets the rules of the record (CONTRIBUTING.md)."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from types import NoneType
from uuid import UUID

import pytest
from eventsourcing.domain import ProgrammingError

from intersessional.domain.decision.decision import Decision
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent
from intersessional.domain.kernel.sealed import Sealed
from tests.infra.event_store.event_strategies import KINDS, SUBJECTS, parts

IN_CLEAR = (NoneType, bool, int, UUID, date, datetime)

KEYS = {
    "AnnualMeeting.Confirmed.time_zone": "a name of the time zone database",
    "Block.id": "made by the record, the same in every revision",
    "Block.language": "a language tag of BCP 47",
    "Block.section": "an id of a section of an outline, made by the record",
    "Citation.key": "the key of a source",
    "Citation.place": "a place in a source, such as a paragraph, of few words",
    "Comment.Posted.blocks": "ids of blocks",
    "Comment.Posted.language": "a language tag of BCP 47",
    "Comment.Withdrawn.blocks": "ids of blocks",
    "Cycle.GroupAdmitted.capped_by": "the key of a group kind",
    "Cycle.GroupAdmitted.kind": "the key of a group kind",
    "Cycle.ProposalDeadlineSet.time_zone": "a name of the time zone database",
    "Document.VersionPublished.language": "a language tag of BCP 47",
    "Document.VersionPublished.sha256": "a hash in hexadecimal digits",
    "Document.VersionPublished.source": "the key of a source",
    "Draft.Published.language": "a language tag of BCP 47",
    "Draft.Revised.language": "a language tag of BCP 47",
    "Draft.Revised.order": "ids of blocks",
    "Draft.Revised.removed": "ids of blocks",
    "Group.Approved.kind": "the key of a group kind",
    "Group.Established.kind": "the key of a group kind",
    "Group.Proposed.kind": "the key of a group kind",
    "Group.Renewed.kind": "the key of a group kind",
    "GroupKind.Defined.capped_by": "the key of a group kind",
    "GroupKind.Defined.key": "the key of a group kind",
    "GroupKind.Named.key": "the key of a group kind",
    "Proposal.PutForward.group_kind": "the key of a group kind",
    "Meeting.Moved.time_zone": "a name of the time zone database",
    "Meeting.Scheduled.time_zone": "a name of the time zone database",
    "AnnualMeeting.Corrected.time_zone": "a name of the time zone database",
    "AnnualMeeting.Rescheduled.time_zone": "a name of the time zone database",
    "Passage.block": "the id of a block",
    "Policy.Named.key": "the key of a policy",
    "Policy.Set.key": "the key of a policy",
    "PolicyBasis.source": "the key of a source",
    "PolicyValue.keys": "keys, such as those of group kinds",
    "Occurred.at": "a time, as exactly as its source tells",
    "Proposal.PutForward.theme": "the key of a theme",
    "Proposal.Revised.template_version": "a slug, chosen for a published document",
    "Proposal.Submitted.template_version": "a slug, chosen for a published document",
    "Proposal.ThemeGiven.theme": "the key of a theme",
    "ProposalSection.key": "the key of a part of the template",
    "WindowRule.time_zone": "a name of the time zone database",
    "WindowRule.tzdata": "an edition of the time zone database",
    "HistoryImport.Recorded.digest": "a digest of a file",
    "HistoryImport.Recorded.history": "a slug, chosen for a file of history",
    "Source.Listed.key": "a slug, chosen for a published document",
    "Template.Named.key": "a slug, chosen for a template",
    "Template.Published.key": "a slug, chosen for a template",
    "Template.Published.version": "a slug, chosen for a published document",
    "TemplatePart.key": "a slug, chosen for a part of a template",
    "Theme.Named.key": "a slug, chosen for a theme",
    "Theme.GroupLinked.key": "a slug, chosen for a theme",
    "Theme.WorkedOn.key": "a slug, chosen for a theme",
    "OutlineSection.id": "made by the record, the same in every version",
    "Fact.name": "the name of a fact, chosen by a rule",
    "Fact.word": "a key or an enum that a rule compares",
    "Deviation.Recorded.rule": "the key of a soft rule",
    "IntendedOutcome.key": "the key of a policy",
    "CodeOfConduct.Published.source": "the key of a source",
    "Call.Launched.of": "the key of what is called for",
    "Call.Extended.of": "the key of what is called for",
    "Call.Moved.of": "the key of what is called for",
    "Call.Closed.of": "the key of what is called for",
    "Call.Launched.time_zone": "a name of the time zone database",
    "Call.Extended.time_zone": "a name of the time zone database",
    "Call.Moved.time_zone": "a name of the time zone database",
    "DedicatedSession.Scheduled.time_zone": "a name of the time zone database",
    "Statistic.Reported.source": "the key of a source",
    "StatisticRow.key": "the key of a region or of a stakeholder group",
}
"""The strings that may stand in clear, because none of them says anything of a person or in a
person's own words. Whoever adds one answers for that.
"""


@pytest.mark.parametrize("topic", KINDS)
def test_free_text_and_personal_data_are_sealed(topic: str) -> None:
    _, kind = KINDS[topic]

    for place, hint in parts(kind.__qualname__, kind):
        key = place in KEYS or place.endswith(".originator_topic")
        assert (
            hint is Sealed or hint in IN_CLEAR or issubclass(hint, Enum) or (hint is str and key)
        ), f"{place} is {hint}: seal it, unless it is an id, an enum, a number, a time or a key"


def test_allowed_clear_keys_all_occur() -> None:
    strings = {
        place
        for _, kind in KINDS.values()
        for place, hint in parts(kind.__qualname__, kind)
        if hint is str and not place.endswith(".originator_topic")
    }

    assert strings == set(KEYS)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_topics_are_a_noun_a_verb_and_a_version(subject: type[Aggregate]) -> None:
    topics = [topic for topic, (owner, _) in KINDS.items() if owner is subject]

    assert topics
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", subject.TOPIC)
    for topic in topics:
        assert re.fullmatch(re.escape(subject.TOPIC) + r"\.[a-z]+(_[a-z]+)*\.v[1-9][0-9]*", topic)


BEGINNINGS: Mapping[type[Aggregate], int] = {Decision: 2, Group: 2}
"""What is proposed first, or at once taken or established (ADR 0049, 0051)."""


@pytest.mark.parametrize("subject", SUBJECTS)
def test_aggregate_begins_with_one_kind_of_event(subject: type[Aggregate]) -> None:
    begins = [
        kind
        for owner, kind in KINDS.values()
        if owner is subject and issubclass(kind, CreatedEvent)
    ]

    assert len(begins) == BEGINNINGS.get(subject, 1)


def a_subject(noun: str, topic: str) -> type[Aggregate]:
    """A subject with one kind of event."""

    class EventHistory(Aggregate):
        TOPIC = noun

        class Told(CreatedEvent):
            TOPIC = topic

    return EventHistory


def test_two_events_cannot_share_a_topic() -> None:
    a_subject("parcel", "parcel.sent.v1")

    with pytest.raises(ProgrammingError, match=r"'parcel\.sent\.v1' .* already registered"):
        a_subject("other_parcel", "parcel.sent.v1")


def test_event_without_a_topic_of_its_own_is_refused() -> None:
    with pytest.raises(ProgrammingError, match="Explicit topic not defined"):
        a_subject("nameless_tale", "")


@pytest.mark.parametrize("topic", KINDS)
def test_event_has_its_sentence(topic: str) -> None:
    kind: type[DomainEvent] = KINDS[topic][1]

    assert re.fullmatch(r"[A-Z].*[^.]\.", kind.sentence())
