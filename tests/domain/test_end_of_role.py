"""A role ends while it is held, and not before it begins."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
)
from intersessional.domain.participant.participant import Participant
from tests.domain.actors import (
    COMMENTER,
    MEMBER,
    PEOPLE,
    SECRETARIAT,
    granted,
)
from tests.domain.given_when_then import given
from tests.domain.role_changes import end, grant


def test_a_role_does_not_end_before_it_begins() -> None:
    problem = "it is not after the role begins."

    given(PEOPLE).when(SECRETARIAT.sends(grant(Role.MAG_MEMBER, "2018-03", "2018-02"))).then(
        BadValue(field="until", problem=problem)
    )


@pytest.mark.parametrize(
    ("role", "until"),
    [
        (Role.MAG_CHAIR, "2018-03"),
        (Role.MAG_MEMBER, "2016-06"),
        (Role.MAG_MEMBER, "2017-12-31"),
        (Role.MAG_MEMBER, "2018-01-01T00:00:00Z"),
    ],
)
def test_a_role_ends_only_while_it_is_held(role: Role, until: str) -> None:
    given(PEOPLE, granted(MEMBER, Role.MAG_MEMBER, "2014", "2015")).when(
        SECRETARIAT.sends(end(role, until, of=MEMBER))
    ).then(BadValue(field="until", problem="the participant does not hold the role then."))


def test_role_can_end_earlier_than_recorded_but_not_later() -> None:
    held = (PEOPLE, granted(COMMENTER, Role.MAG_MEMBER, "2018-03", "2019-02"))

    given(*held).when(SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-06"))).then(
        event(Participant.RoleEnded, role=Role.MAG_MEMBER, until=Occurred.parse("2018-06"))
    )
    given(*held).when(SECRETARIAT.sends(end(Role.MAG_MEMBER, "2019-03"))).then(
        BadValue(field="until", problem="the participant does not hold the role then.")
    )


def test_an_end_leaves_the_other_times_in_the_role_alone() -> None:
    record = given(
        PEOPLE,
        granted(MEMBER, Role.MAG_MEMBER, "2014", "2015"),
        SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-12", of=MEMBER)),
    )

    tenures = record.aggregate(Participant, MEMBER.id).tenures
    assert [(one.role, one.since, one.until) for one in tenures] == [
        (Role.MAG_MEMBER, Occurred.parse("2014"), Occurred.parse("2015")),
        (Role.MAG_MEMBER, Occurred.parse("2018-01-01"), Occurred.parse("2018-12")),
    ]
    [ended] = [one for one in record.events() if isinstance(one, Participant.RoleEnded)]
    assert ended.tenure_id == tenures[1].id


def test_an_end_that_is_told_to_have_occurred_before_the_beginning_is_kept() -> None:
    """The grant is recorded now, and the end as of a time before now."""
    ended = replace(end(Role.MAG_MEMBER, "2018-03-20"), occurred=Occurred.parse("2018-03-20"))
    record = given(
        PEOPLE,
        SECRETARIAT.sends(grant(Role.MAG_MEMBER, "2018-03-01")),
        SECRETARIAT.sends(ended),
    )

    participant = record.aggregate(Participant, COMMENTER.id)

    assert [tenure.until for tenure in participant.tenures] == [Occurred.parse("2018-03-20")]
