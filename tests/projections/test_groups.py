"""The view of groups."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingBody, MeetingKind
from intersessional.domain.participant.tenure import Tenure
from intersessional.projections.group_names import GROUP_NAMES
from intersessional.projections.group_states import GroupState
from intersessional.projections.groups import (
    FACILITATED,
    GROUPS,
    FacilitatorDocument,
    GroupDocument,
    without_session,
)
from intersessional.projections.kernel.view import ListKey, under
from tests.projections.event_history import NOON, EventHistory, id_of

ESTABLISHED = GroupDocument(
    cycle_id=cycle_id(2018),
    year=2018,
    kind="BPF",
    name=Sealed("AI"),
    decision_id=id_of("decision"),
    proposal_id=id_of("proposal"),
    cycle_ids=(cycle_id(2018),),
)
CHANGE: dict[str, Any] = {"decision_id": None}


@pytest.fixture
def history() -> EventHistory:
    return EventHistory()


@pytest.fixture
def group(history: EventHistory) -> Group:
    return history.begin(
        Group,
        Group.Established,
        id_of("group"),
        cycle_id=cycle_id(2018),
        year=2018,
        kind="BPF",
        name=Sealed("AI"),
        decision_id=id_of("decision"),
        proposal_id=id_of("proposal"),
    )


def test_established_group_is_approved_and_has_its_origin(
    history: EventHistory, group: Group
) -> None:
    assert history.document(GROUPS, group.id) == ESTABLISHED
    assert ESTABLISHED.state is GroupState.APPROVED
    assert [*GROUPS.lists(ESTABLISHED)] == [
        *under(None, "BPF"),
        *under(cycle_id(2018), "BPF"),
        ListKey(cycle_id(2018), without_session("BPF")),
    ]


def test_every_name_of_a_group_has_the_time_since_when(history: EventHistory, group: Group) -> None:
    for name, at in (("IoT, Big Data, AI", "2018-06-01"), ("AI and more", "2018-05-01")):
        history.append(group, Group.Renamed, at=at, name=Sealed(name), reason=None, **CHANGE)

    names = history.documents(GROUP_NAMES)

    assert history.document(GROUPS, group.id).name == Sealed("IoT, Big Data, AI")
    assert [(one.name, one.since) for one in names.values()] == [
        (Sealed("AI"), Occurred.parse(NOON)),
        (Sealed("IoT, Big Data, AI"), Occurred.parse("2018-06-01")),
        (Sealed("AI and more"), Occurred.parse("2018-05-01")),
    ]
    assert {GROUP_NAMES.lists(one) for one in names.values()} == {under(group.id)}


def test_group_is_listed_under_each_of_its_cycles(history: EventHistory, group: Group) -> None:
    history.append(
        group,
        Group.Renewed,
        cycle_id=cycle_id(2019),
        year=2019,
        kind="BPF",
        decision_id=id_of("renewal"),
    )

    renewed = history.document(GROUPS, group.id)

    assert (renewed.cycle_id, renewed.year) == (cycle_id(2019), 2019)
    lists = [key for parent in (None, *renewed.cycle_ids) for key in under(parent, "BPF")]
    assert renewed.cycle_ids == (cycle_id(2018), cycle_id(2019))
    missing = [ListKey(cycle, without_session("BPF")) for cycle in renewed.cycle_ids]
    assert [*GROUPS.lists(renewed)] == [*lists, *missing]


def test_group_outside_the_cycles_is_listed_among_all_groups() -> None:
    outside = replace(ESTABLISHED, cycle_id=None, year=None, cycle_ids=())

    assert [*GROUPS.lists(outside)] == [*under(None, "BPF")]


def test_released_facilitator_is_removed(history: EventHistory, group: Group) -> None:
    for name in ("Titti", "Wisdom"):
        history.append(group, Group.FacilitatorAppointed, participant_id=id_of(name), **CHANGE)
    appointed = history.document(GROUPS, group.id)
    history.append(group, Group.FacilitatorReleased, participant_id=id_of("Titti"), **CHANGE)

    assert ListKey(id_of("Titti"), FACILITATED) in GROUPS.lists(appointed)
    assert ListKey(id_of("Titti"), FACILITATED) not in GROUPS.lists(
        history.document(GROUPS, group.id)
    )
    assert history.document(GROUPS, group.id) == replace(
        ESTABLISHED,
        facilitators=(
            FacilitatorDocument(id_of("Wisdom"), Occurred.parse(NOON), is_historical=False),
        ),
    )


@pytest.mark.parametrize(
    ("since", "is_historical", "mag_member"),
    [
        ("2018-04", True, True),
        ("2018-05", True, False),
        ("2018-05", False, False),
        (None, True, None),
        (None, False, False),
    ],
)
def test_a_facilitator_is_a_mag_member_if_a_role_of_theirs_covers_the_appointment(
    since: str | None, is_historical: bool, mag_member: bool | None
) -> None:
    ana = id_of("Ana")
    facilitator = FacilitatorDocument(ana, Occurred.parse(NOON), is_historical)
    begins = Occurred.parse(since or NOON)
    tenure = Tenure(id_of("tenure"), ana, Role.MAG_MEMBER, begins, begins)
    tenures = () if since is None else (tenure,)

    assert facilitator.is_mag_member(tenures) is mag_member


def test_before_a_role_is_known_whose_beginning_no_source_gives_nothing_is_claimed() -> None:
    known_from = Occurred.parse("2018-09")
    tenure = Tenure(id_of("tenure"), id_of("Ana"), Role.MAG_MEMBER, None, known_from)
    appointments = [
        FacilitatorDocument(id_of("Ana"), Occurred.parse(day), is_historical=True)
        for day in ("2018-06", "2018-09", "2018-10")
    ]

    assert [one.is_mag_member((tenure,)) for one in appointments] == [None, True, True]


def test_a_group_that_calls_a_meeting_is_active_until_it_concludes(
    history: EventHistory, group: Group
) -> None:
    history.begin(
        Meeting,
        Meeting.Scheduled,
        id_of("Meeting I"),
        body=MeetingBody.GROUP,
        cycle_id=cycle_id(2018),
        group_id=group.id,
        year=2018,
        kind=MeetingKind.VIRTUAL,
        ordinal=None,
        planned=Occurred.parse("2018-07-02"),
        time_zone=None,
        label=Sealed("Meeting I"),
        note=None,
    )
    active = history.document(GROUPS, group.id)
    history.append(group, Group.Concluded, reason=None, **CHANGE)
    concluded = history.document(GROUPS, group.id)

    assert active == replace(ESTABLISHED, progress=GroupState.ACTIVE)
    assert concluded == replace(ESTABLISHED, progress=GroupState.CONCLUDED)
