"""What holds in every history, whatever anyone asks for: laws over the events of a record."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from uuid import UUID

from intersessional.domain.command_handling.scenario import Scenario
from intersessional.domain.comment.comment import Comment
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision import Decision, DecisionKind
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group_kind import GroupKind
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Participant
from intersessional.domain.policy.policy import Policy, PolicyKey
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_state import ProposalState

Invariant = Callable[[Scenario, Sequence[DomainEvent]], None]


def no_forum_is_admitted_beyond_the_cap_in_force(
    _record: Scenario, happened: Sequence[DomainEvent]
) -> None:
    caps: dict[UUID, int] = {}
    admitted: dict[UUID, int] = defaultdict(int)
    for event in happened:
        match event:
            case Policy.Adopted(key=PolicyKey.BPF_CAP) | Policy.Superseded(key=PolicyKey.BPF_CAP):
                caps[event.cycle_id] = event.value
            case Cycle.GroupAdmitted(kind=GroupKind.BPF):
                cycle = event.originator_id
                admitted[cycle] += 1
                assert cycle not in caps or admitted[cycle] <= caps[cycle]
            case _:
                pass


def a_decided_or_withdrawn_proposal_never_changes(
    _record: Scenario, happened: Sequence[DomainEvent]
) -> None:
    last = (
        Proposal.Approved,
        Proposal.Declined,
        Proposal.Redirected,
        Proposal.Merged,
        Proposal.Withdrawn,
    )
    for stream in _streams(happened):
        assert not any(isinstance(event, last) for event in stream[:-1])


def an_approved_proposal_named_its_co_facilitators(
    record: Scenario, happened: Sequence[DomainEvent]
) -> None:
    for event in happened:
        if isinstance(event, Proposal.Approved) and not event.act.provenance.historical:
            proposal = record.aggregate(Proposal, event.originator_id)
            assert proposal.state is ProposalState.APPROVED
            assert proposal.co_facilitators >= 2
            assert proposal.mag_co_facilitators >= 1


def a_selection_tells_its_grounds_and_who_announced_it(
    record: Scenario, happened: Sequence[DomainEvent]
) -> None:
    known: dict[UUID, Participant | None] = {}
    """People as the record knew them by then: what it learns later undoes no decision."""
    for event in happened:
        if isinstance(event, Participant.Event):
            known[event.originator_id] = event.mutate(known.get(event.originator_id))
        if not isinstance(event, Decision.Recorded) or event.act.provenance.historical:
            continue
        assert event.announced_by is not None
        announced_by = known[event.announced_by]
        assert announced_by is not None
        assert announced_by.holds(Role.MAG_CHAIR, event.act.occurred.begins)
        assert (event.meeting_id is None) == event.on_list
        if DecisionKind.SELECTION in event.kinds:
            assert event.rationale is not None
            assert event.assessment_id in record.aggregate(Cycle, event.cycle_id).assessments


def the_id_of_a_block_is_given_once(_record: Scenario, happened: Sequence[DomainEvent]) -> None:
    for stream in _streams(happened):
        ever, last = set[str](), set[str]()
        for event in stream:
            if isinstance(event, Draft.Published | Draft.Revised):
                ids = {block.id for block in event.blocks}
                assert len(ids) == len(event.blocks)
                assert not (ids - last) & ever
                ever, last = ever | ids, ids


def a_comment_is_on_blocks_of_the_revision_it_is_about(
    record: Scenario, happened: Sequence[DomainEvent]
) -> None:
    for event in happened:
        if isinstance(event, Comment.Posted):
            draft = record.aggregate(Draft, event.draft_id)
            assert set(event.blocks) <= draft.revisions[event.revision - 1]


def nobody_holds_a_role_twice_or_records_what_they_decide(
    record: Scenario, happened: Sequence[DomainEvent]
) -> None:
    apart = (Role.SECRETARIAT, Role.MAG_CHAIR), (Role.SECRETARIAT, Role.MAG_MEMBER)
    for event in happened:
        if isinstance(event, Participant.Registered):
            tenures = record.aggregate(Participant, event.originator_id).tenures
            for tenure in tenures:
                assert tenure.until is None or tenure.since.begins < tenure.until.ends
            for one, other in combinations(tenures, 2):
                if one.meets(other):
                    assert one.role is not other.role
                    assert not any({one.role, other.role} == {*roles} for roles in apart)


def only_official_roles_stand_in_clear(_record: Scenario, happened: Sequence[DomainEvent]) -> None:
    for event in happened:
        actor = event.act.actor
        match actor.role:
            case Role.OPERATOR:
                assert actor.person is None
            case Role.COMMENTER:
                assert isinstance(actor.person, Sealed)
            case _:
                assert isinstance(actor.person, UUID)


INVARIANTS: Sequence[Invariant] = (
    no_forum_is_admitted_beyond_the_cap_in_force,
    a_decided_or_withdrawn_proposal_never_changes,
    an_approved_proposal_named_its_co_facilitators,
    a_selection_tells_its_grounds_and_who_announced_it,
    the_id_of_a_block_is_given_once,
    a_comment_is_on_blocks_of_the_revision_it_is_about,
    nobody_holds_a_role_twice_or_records_what_they_decide,
    only_official_roles_stand_in_clear,
)


def _streams(happened: Iterable[DomainEvent]) -> Iterable[Sequence[DomainEvent]]:
    streams: dict[UUID, list[DomainEvent]] = defaultdict(list)
    for event in happened:
        streams[event.originator_id].append(event)
    return streams.values()
