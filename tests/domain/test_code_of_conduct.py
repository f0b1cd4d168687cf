"""Versions of the code of conduct: a new one is accepted before the next contribution."""

from datetime import timedelta

import pytest

from intersessional.domain.code_of_conduct.code_of_conduct import CodeOfConduct
from intersessional.domain.code_of_conduct.commands import PublishCodeOfConduct
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.comment.comment import Comment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    CodeOfConductNotAccepted,
    NotFound,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.commands import AcceptCodeOfConduct
from intersessional.domain.participant.participant import Participant
from tests.domain.actors import CHAIR, COMMENTER, SECRETARIAT, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import DRAFTED, POSTED, post

PUBLISH = PublishCodeOfConduct(command_id=id_of("publish"), version=2, text="Be kind.")
ACCEPT = AcceptCodeOfConduct(command_id=id_of("accept 2"), version=2)
PUBLISHED = (*DRAFTED, POSTED, SECRETARIAT.sends(PUBLISH, now=NOW + timedelta(hours=1)))
LATER = NOW + timedelta(hours=2)
AGAIN = post("again")


def test_version_is_published_by_the_secretariat() -> None:
    given(DRAFTED).when(SECRETARIAT.sends(PUBLISH)).then(
        CodeOfConduct.Named,
        event(CodeOfConduct.Published, published_version=2, text=Sealed("Be kind."), source=None),
    )
    given(DRAFTED).when(CHAIR.sends(PUBLISH)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))


def test_version_is_published_once_with_its_text_or_a_source_that_is_listed() -> None:
    again = PublishCodeOfConduct(command_id=id_of("a"), version=2, text="Be kinder.")
    given(PUBLISHED).when(SECRETARIAT.sends(again, now=LATER)).refusal(AlreadyRecorded)
    empty = PublishCodeOfConduct(command_id=id_of("e"), version=3)
    given(DRAFTED).when(SECRETARIAT.sends(empty)).then(
        BadValue(field="text", problem="give the text, or the source that has it.")
    )
    unlisted = PublishCodeOfConduct(command_id=id_of("u"), version=3, source="unlisted")
    given(DRAFTED).when(SECRETARIAT.sends(unlisted)).refusal(NotFound)


def test_new_version_is_accepted_before_the_next_contribution() -> None:
    given(PUBLISHED).when(COMMENTER.sends(AGAIN, now=LATER)).then(
        CodeOfConductNotAccepted(version=2)
    )
    given(PUBLISHED, COMMENTER.sends(ACCEPT, now=LATER)).when(
        COMMENTER.sends(AGAIN, now=LATER)
    ).then(Comment.Posted)


def test_what_was_contributed_before_stays() -> None:
    comment = given(PUBLISHED).aggregate(Comment, post().derived_id)
    assert not comment.withdrawn


def test_version_in_force_is_the_one_that_is_accepted() -> None:
    given(PUBLISHED).when(COMMENTER.sends(ACCEPT, now=LATER)).then(
        event(Participant.CodeOfConductAccepted, accepted_version=2)
    )
    old = AcceptCodeOfConduct(command_id=id_of("accept old"), version=1)
    given(PUBLISHED).when(COMMENTER.sends(old, now=LATER)).then(
        BadValue(field="version", problem="version 2 is in force.")
    )


def test_those_who_record_need_accept_nothing() -> None:
    further = PublishCodeOfConduct(command_id=id_of("f"), version=3, text="Be fair.")
    given(PUBLISHED).when(SECRETARIAT.sends(further, now=LATER)).then(CodeOfConduct.Published)


@pytest.mark.parametrize("first", [2, 3])
def test_version_in_force_follows_the_order_of_effect(first: int) -> None:
    versions = {2: "2018-01", 3: "2018-02"}
    commands = [
        SECRETARIAT.sends(
            PublishCodeOfConduct(
                command_id=id_of(f"v{one}"),
                version=one,
                text="Be kind.",
                occurred=Occurred.parse(versions[one]),
            )
        )
        for one in (first, 5 - first)
    ]
    given(DRAFTED, commands).when(COMMENTER.sends(post())).then(CodeOfConductNotAccepted(version=3))
