"""Sources of facts."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, RoleRequired
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.source.commands import ListSource
from intersessional.domain.source.source import Source
from tests.domain.actors import CHAIR, COMMENTER, MEMBER, PEOPLE, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import NOW, given

LIST = ListSource(
    command_id=id_of("list"), key="report", title="A summary report", location="On a shelf."
)


def test_a_source_is_listed_once_under_its_key() -> None:
    given(PEOPLE).when(SECRETARIAT.sends(LIST)).then(
        event(
            Source.Listed,
            originator_id=source_id("report"),
            key="report",
            title=Sealed("A summary report"),
            location=Sealed("On a shelf."),
        )
    )
    again = replace(LIST, command_id=id_of("again"))
    given(PEOPLE, SECRETARIAT.sends(LIST)).when(SECRETARIAT.sends(again)).then(
        AlreadyRecorded(kind="source", id=source_id("report"))
    )


def test_source_may_lack_a_location() -> None:
    given(PEOPLE).when(SECRETARIAT.sends(replace(LIST, location=None))).then(
        event(Source.Listed, location=None)
    )


@pytest.mark.parametrize("person", [CHAIR, MEMBER, COMMENTER])
def test_source_is_listed_only_by_the_secretariat(person: Person) -> None:
    given(PEOPLE).when(person.sends(LIST)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (
            replace(LIST, key="Ann's mail"),
            BadValue(field="key", problem="use lower-case letters, digits, dots and hyphens."),
        ),
        (replace(LIST, title=""), BadValue(field="title", problem="it is empty.")),
        (replace(LIST, location=" "), BadValue(field="location", problem="it is empty.")),
    ],
)
def test_source_with_a_malformed_value_is_refused(command: ListSource, refused: BadValue) -> None:
    given(PEOPLE).when(SECRETARIAT.sends(command)).then(refused)
