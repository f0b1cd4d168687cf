"""Groups: renamed, meeting and concluded."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.group.commands import (
    RenameGroup,
)
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
from tests.domain.actors import (
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OTHER_MEMBER,
    SECRETARIAT,
    Person,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_changes import APPOINT, CONCLUDE, MEET, NEEDED, RELEASE, RENAME
from tests.domain.group_scenarios import CONCLUDED, GROUP, WORKING


def test_a_group_concludes_after_all_that_it_did() -> None:
    renamed = replace(RENAME, occurred=Occurred.parse("2018-04-06"))
    concluded = replace(CONCLUDE, occurred=Occurred.parse("2018-04-05"))
    later = NOW + timedelta(days=60)
    history = (*WORKING, SECRETARIAT.sends(renamed, later))

    given(history).when(SECRETARIAT.sends(concluded, later)).then(
        OutOfTime(occurred="2018-04-05", problem="the group changed after that time.")
    )
    given(history).when(
        SECRETARIAT.sends(replace(concluded, occurred=Occurred.parse("2018-04-06")), later)
    ).then(Group.Concluded)


@pytest.mark.parametrize("person", [MEMBER, OTHER_MEMBER, COMMENTER])
@pytest.mark.parametrize(("command", "needed"), NEEDED)
def test_group_changed_by_another_role_is_refused(
    person: Person, command: Command, needed: tuple[Role, ...]
) -> None:
    given(WORKING).when(person.sends(command)).then(RoleRequired(needed=needed, at=NOW))


@pytest.mark.parametrize("command", [APPOINT, RELEASE, RENAME, MEET, CONCLUDE])
def test_a_concluded_group_does_no_more_work(command: Command) -> None:
    given(CONCLUDED).when(SECRETARIAT.sends(command)).then(GroupHasConcluded(group=GROUP))


@pytest.mark.parametrize("command", [APPOINT, RELEASE, RENAME, CONCLUDE])
def test_a_group_that_has_changed_meanwhile_is_stale(command: Command) -> None:
    given(WORKING).when(SECRETARIAT.sends(replace(command, expected_version=1))).then(
        StaleVersion(id=GROUP, expected=1, actual=2)
    )


def test_a_name_is_a_name() -> None:
    command = RenameGroup(command_id=id_of("n"), group=GROUP, name="A\nB")

    given(WORKING).when(FACILITATOR.sends(command)).then(
        BadValue(field="name", problem="it has more than one line.")
    )
