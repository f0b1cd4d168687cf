"""Rules that groups and participants check themselves."""

from collections.abc import Callable

import pytest

from intersessional.domain.group.ending import conclude
from intersessional.domain.group.facilitation import appoint, release
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.group.renaming import rename
from intersessional.domain.group_kind.group_kind_rules import BUILT_IN_KINDS
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, NotFound
from tests.domain.aggregates.acts import AUTHOR, act, group, participant

CHANGES: list[Callable[[Group], None]] = [
    lambda one: appoint(one, act(), participant()),
    lambda one: release(one, act(), AUTHOR),
    lambda one: rename(one, act(), name="Another name"),
    lambda one: conclude(one, act()),
]


@pytest.mark.parametrize("change", CHANGES)
def test_group_that_has_concluded_does_not_change(change: Callable[[Group], None]) -> None:
    concluded = group()
    conclude(concluded, act())

    with pytest.raises(GroupHasConcluded):
        change(concluded)


@pytest.mark.parametrize("kind", ["BPF", "CENB"])
def test_group_of_a_proposed_kind_is_not_established_without_a_proposal(kind: str) -> None:
    with pytest.raises(BadValue, match="kind"):
        BUILT_IN_KINDS[kind].rules.check_unproposed()


def test_facilitator_is_appointed_once_and_released_once() -> None:
    one, person = group(), participant(Role.MAG_MEMBER)
    appoint(one, act(), person)

    with pytest.raises(AlreadyRecorded):
        appoint(one, act(), person)
    release(one, act(), person.id)
    with pytest.raises(NotFound):
        release(one, act(), person.id)


@pytest.mark.parametrize("role", [Role.MAG_CHAIR, Role.MAG_MEMBER, Role.SECRETARIAT])
def test_role_that_does_not_go_with_the_secretariat_is_refused(role: Role) -> None:
    with pytest.raises(BadValue):
        participant(Role.SECRETARIAT, role)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.FACILITATOR, Role.COMMENTER])
def test_role_that_is_not_granted_to_persons_is_refused(role: Role) -> None:
    with pytest.raises(BadValue, match="role"):
        participant(role)


def test_role_that_is_not_held_does_not_end() -> None:
    with pytest.raises(BadValue, match="until"):
        participant().end_role(act(), role=Role.MAG_MEMBER, until=Occurred.parse("2019"))


def test_code_of_conduct_is_accepted_once_and_in_the_version_in_force() -> None:
    person = participant()

    with pytest.raises(BadValue, match="version"):
        person.accept_code_of_conduct(act(), 2)
    person.accept_code_of_conduct(act(), 1)
    with pytest.raises(AlreadyRecorded):
        person.accept_code_of_conduct(act(), 1)
