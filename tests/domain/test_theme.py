"""Themes, over the years in which groups worked on them."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import theme_id
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.theme.commands import RecordThemeYear
from intersessional.domain.theme.theme import Theme
from tests.domain.actors import CHAIR, COMMENTER, MEMBER, PEOPLE, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, approve, decide, submit

THEME = theme_id("local-content")
IN_2014 = RecordThemeYear(
    command_id=id_of("2014"), theme="local-content", year=2014, title="Local content"
)
IN_2017 = replace(IN_2014, command_id=id_of("2017"), year=2017)


def test_theme_is_registered_with_its_first_year() -> None:
    given(PEOPLE).when(SECRETARIAT.sends(IN_2014)).then(
        event(Theme.Named, originator_id=THEME, key="local-content"),
        event(Theme.WorkedOn, year=2014, title=Sealed("Local content"), group_id=None),
    )
    given(PEOPLE, SECRETARIAT.sends(IN_2014)).when(SECRETARIAT.sends(IN_2017)).then(
        event(Theme.WorkedOn, originator_id=THEME, year=2017)
    )


def test_theme_year_is_recorded_once() -> None:
    again = replace(IN_2014, command_id=id_of("again"))
    given(PEOPLE, SECRETARIAT.sends(IN_2014)).when(SECRETARIAT.sends(again)).then(
        AlreadyRecorded(kind="theme year", id=THEME)
    )


def test_theme_year_of_an_approved_group_is_recorded_already() -> None:
    history = (
        CYCLE,
        MEMBER.sends(submit("local", theme="local-content")),
        CHAIR.sends(decide("approve", approve("local"))),
    )

    given(*history).when(SECRETARIAT.sends(replace(IN_2014, year=2018))).then(
        AlreadyRecorded(kind="theme year", id=THEME)
    )


@pytest.mark.parametrize("person", [CHAIR, MEMBER, COMMENTER])
def test_theme_year_by_another_role_is_refused(person: Person) -> None:
    given(PEOPLE).when(person.sends(IN_2014)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (
            replace(IN_2014, year=2**53),
            BadValue(field="year", problem=f"{2**53} is not from 2006 to 9998."),
        ),
        (replace(IN_2014, title=""), BadValue(field="title", problem="it is empty.")),
        (
            replace(IN_2014, theme="Ann's theme"),
            BadValue(field="theme", problem="use lower-case letters, digits, dots and hyphens."),
        ),
        (replace(IN_2014, expected_version=1), StaleVersion(id=THEME, expected=1, actual=0)),
    ],
)
def test_theme_with_a_malformed_value_is_refused(
    command: RecordThemeYear, refused: BadValue | StaleVersion
) -> None:
    given(PEOPLE).when(SECRETARIAT.sends(command)).then(refused)
