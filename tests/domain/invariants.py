"""Invariants over the events of a record, which hold in every history."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from uuid import UUID

from intersessional.domain.command_handling.scenario import Scenario
from intersessional.domain.comment.comment import Comment
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_outcome import DecisionKind, decision_kinds
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Participant
from intersessional.domain.policy.policy import Policy
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_state import UNDECIDED, ProposalState

Invariant = Callable[[Scenario, Sequence[DomainEvent]], None]


def admitted_forums_are_within_the_cap(_record: Scenario, events: Sequence[DomainEvent]) -> None:
    for place, event in enumerate(events):
        if isinstance(event, Cycle.GroupAdmitted) and event.capped_by == "BPF_CAP":
            by_then = _by_effect(events[: place + 1], event)
            caps = [
                one.value.number
                for one in by_then
                if isinstance(one, Policy.Set)
                and (one.key, one.cycle_id) == ("BPF_CAP", event.originator_id)
            ]
            admitted = [
                one
                for one in by_then
                if isinstance(one, Cycle.GroupAdmitted)
                and (one.capped_by, one.originator_id) == ("BPF_CAP", event.originator_id)
            ]
            assert not caps or len(admitted) <= (caps[-1] or 0)


def _by_effect(events: Sequence[DomainEvent], last: DomainEvent) -> Sequence[DomainEvent]:
    """The events that took effect by the time of another one, in order of effect."""
    by_then = [one for one in events if one.act.occurred.effect <= last.act.occurred.effect]
    return sorted(by_then, key=lambda one: one.act.occurred.effect)


def decided_or_withdrawn_proposal_never_changes(
    record: Scenario, events: Sequence[DomainEvent]
) -> None:
    last = (
        Proposal.Approved,
        Proposal.Declined,
        Proposal.Redirected,
        Proposal.Merged,
        Proposal.Withdrawn,
    )
    for stream in _streams(events):
        effects = sorted(stream[1:], key=lambda event: event.act.occurred.effect)
        decided = [event for event in effects if isinstance(event, (*last, Proposal.Deferred))]
        assert not any(isinstance(event, last) for event in decided[:-1])
        if decided and isinstance(decided[-1], last):
            proposal = record.aggregate(Proposal, decided[-1].originator_id)
            assert proposal.state not in UNDECIDED
            assert proposal.revision == proposal.at(decided[-1].act.occurred).revision


def approved_proposal_has_its_co_facilitators(
    record: Scenario, events: Sequence[DomainEvent]
) -> None:
    for event in events:
        if isinstance(event, Proposal.Approved) and not event.act.provenance.historical:
            proposal = record.aggregate(Proposal, event.originator_id)
            assert proposal.state is ProposalState.APPROVED
            assert proposal.written is not None
            named = proposal.written.co_facilitators
            assert len(named) >= 2
            assert any(one.mag_member or one.participant_id for one in named)


def selection_has_its_grounds_and_its_announcer(
    record: Scenario, events: Sequence[DomainEvent]
) -> None:
    participants: dict[UUID, Participant | None] = {}
    """The participants as of the event: a later event does not invalidate a decision."""
    for event in events:
        if isinstance(event, Participant.Event):
            participants[event.originator_id] = event.mutate(participants.get(event.originator_id))
        if not isinstance(event, Decision.Recorded) or event.act.provenance.historical:
            continue
        assert event.announced_by is not None
        announced_by = participants[event.announced_by]
        assert announced_by is not None
        assert announced_by.holds(Role.MAG_CHAIR, event.act.occurred.begins)
        assert (event.meeting_id is None) == event.on_list
        if DecisionKind.SELECTION in decision_kinds(event.outcomes):
            assert event.rationale is not None
            assert event.cycle_id is not None
            assert event.assessment_id in record.aggregate(Cycle, event.cycle_id).assessments


def block_ids_are_never_reused(_record: Scenario, events: Sequence[DomainEvent]) -> None:
    for stream in _streams(events):
        ever, last = set[str](), set[str]()
        for event in stream:
            match event:
                case Draft.Published():
                    order = [block.id for block in event.blocks]
                case Draft.Revised():
                    order = [*event.order]
                    assert {block.id for block in event.added} == {*order} - last
                    assert {block.id for block in event.changed} <= {*order} & last
                    assert {*event.removed} == last - {*order}
                case _:
                    continue
            ids = {*order}
            assert len(ids) == len(order)
            assert not (ids - last) & ever
            ever, last = ever | ids, ids


def comment_is_on_blocks_of_its_revision(record: Scenario, events: Sequence[DomainEvent]) -> None:
    for event in events:
        if isinstance(event, Comment.Posted):
            draft = record.aggregate(Draft, event.draft_id)
            assert set(event.blocks) <= draft.revisions[event.revision - 1].keys()
            assert {passage.block for passage in event.passages} <= set(event.blocks)


def roles_are_held_once_and_the_secretariat_is_apart(
    record: Scenario, events: Sequence[DomainEvent]
) -> None:
    apart = (Role.SECRETARIAT, Role.MAG_CHAIR), (Role.SECRETARIAT, Role.MAG_MEMBER)
    for event in events:
        if isinstance(event, Participant.Registered):
            tenures = record.aggregate(Participant, event.originator_id).tenures
            for tenure in tenures:
                assert tenure.until is None or tenure.known_from.begins < tenure.until.ends
            for one, other in combinations(tenures, 2):
                if one.overlaps(other):
                    assert one.role is not other.role
                    assert not any({one.role, other.role} == {*roles} for roles in apart)


def persons_are_sealed_outside_of_official_roles(
    _record: Scenario, events: Sequence[DomainEvent]
) -> None:
    for event in events:
        actor = event.act.actor
        match actor.role:
            case Role.OPERATOR:
                assert actor.person is None
            case Role.COMMENTER:
                assert isinstance(actor.person, Sealed)
            case _:
                assert isinstance(actor.person, UUID)


INVARIANTS: Sequence[Invariant] = (
    admitted_forums_are_within_the_cap,
    decided_or_withdrawn_proposal_never_changes,
    approved_proposal_has_its_co_facilitators,
    selection_has_its_grounds_and_its_announcer,
    block_ids_are_never_reused,
    comment_is_on_blocks_of_its_revision,
    roles_are_held_once_and_the_secretariat_is_apart,
    persons_are_sealed_outside_of_official_roles,
)


def _streams(events: Iterable[DomainEvent]) -> Iterable[Sequence[DomainEvent]]:
    streams: dict[UUID, list[DomainEvent]] = defaultdict(list)
    for event in events:
        streams[event.originator_id].append(event)
    return streams.values()
