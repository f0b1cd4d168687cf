"""Comments are taken back, by their authors alone or as they were entered."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event, run
from intersessional.domain.comment.attribution import Channel
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.refusals import AlreadyWithdrawn, NotTheAuthor
from intersessional.domain.kernel.act import Actor, Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import (
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import (
    COMMENTER,
    FACILITATOR,
    OPERATOR,
    OTHER_COMMENTER,
    SECRETARIAT,
    Person,
    granted,
    id_of,
)
from tests.domain.comment_scenarios import ELSEWHERE, ENTERED, WITHDRAW, posted
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import CONCLUDED, DRAFT, DRAFTED, GROUP, POSTED, post


def test_comment_is_withdrawn_by_its_author() -> None:
    record = given(DRAFTED, POSTED)
    text = record.aggregate(Comment, post().derived_id).body

    withdrawn = record.when(COMMENTER.sends(WITHDRAW)).then(
        event(
            Comment.Withdrawn,
            originator_id=post().derived_id,
            draft_id=DRAFT,
            group_id=GROUP,
            cycle_id=cycle_id(2018),
            revision=1,
            blocks=(),
            in_reply_to=None,
            channel=Channel.ONLINE,
            attribution=None,
            body=text,
            reason=Sealed("A mistake."),
        )
    )

    assert run(record.event_store.reveal([text])) == {text: "Well said."}
    assert run(withdrawn.event_store.reveal([text])) == {}


@pytest.mark.parametrize("person", [OTHER_COMMENTER, FACILITATOR, SECRETARIAT, OPERATOR])
def test_comment_withdrawn_by_someone_else_is_refused(person: Person) -> None:
    given(DRAFTED, POSTED).when(person.sends(WITHDRAW)).then(
        NotTheAuthor(comment=post().derived_id)
    )


def test_comment_of_the_operator_cannot_be_withdrawn() -> None:
    fields = OPERATOR.sends(post(provenance=Provenance(Ground.IMPORTED)))

    given(DRAFTED, fields).when(OPERATOR.sends(WITHDRAW)).then(
        NotTheAuthor(comment=post().derived_id)
    )


def test_comment_cannot_be_withdrawn_after_the_erasure_of_its_author() -> None:
    erased = given(DRAFTED, POSTED).erased()

    erased.when(COMMENTER.sends(WITHDRAW)).then(NotTheAuthor(comment=post().derived_id))


@pytest.mark.parametrize("person", [SECRETARIAT, OTHER_COMMENTER])
def test_comment_made_elsewhere_is_withdrawn_by_anyone_of_the_secretariat(person: Person) -> None:
    record = given(DRAFTED, granted(OTHER_COMMENTER, Role.SECRETARIAT), ENTERED)
    comment = record.aggregate(Comment, post().derived_id)
    speaker, source = ELSEWHERE.speaker, ELSEWHERE.source
    assert comment.attribution is not None
    texts = [comment.body, comment.attribution.speaker, comment.attribution.source]

    withdrawn = record.when(person.sends(WITHDRAW)).then(
        event(Comment.Withdrawn, blocks=("b1",), revision=1, attribution=comment.attribution)
    )

    assert [*run(record.event_store.reveal(texts)).values()] == ["Well said.", speaker, source]
    assert run(withdrawn.event_store.reveal(texts)) == {}
    assert withdrawn.appended[0].act.actor == Actor(Role.SECRETARIAT, person.id)


@pytest.mark.parametrize("person", [COMMENTER, FACILITATOR, OPERATOR])
def test_comment_made_elsewhere_withdrawn_by_someone_else_is_refused(person: Person) -> None:
    given(DRAFTED, ENTERED).when(person.sends(WITHDRAW)).then(
        NotTheAuthor(comment=post().derived_id)
    )


def test_comment_online_of_one_of_the_secretariat_is_withdrawn_as_a_commenter() -> None:
    record = given(DRAFTED, SECRETARIAT.sends(post()))

    withdrawn = record.when(SECRETARIAT.sends(WITHDRAW)).then(Comment.Withdrawn)

    assert withdrawn.appended[0].act.actor == Actor(Role.COMMENTER, Sealed(str(SECRETARIAT.id)))


def test_comment_withdrawn_twice_is_refused() -> None:
    again = replace(WITHDRAW, command_id=id_of("again"))

    given(DRAFTED, POSTED, COMMENTER.sends(WITHDRAW)).when(COMMENTER.sends(again)).then(
        AlreadyWithdrawn(comment=post().derived_id)
    )


def test_withdrawn_comment_can_be_replied_to() -> None:
    reply = post("reply", in_reply_to=post().derived_id)

    given(DRAFTED, POSTED, COMMENTER.sends(WITHDRAW)).when(OTHER_COMMENTER.sends(reply)).then(
        posted(in_reply_to=post().derived_id)
    )


def test_a_comment_can_be_taken_back_after_the_group_has_concluded() -> None:
    _, conclude = CONCLUDED[-2:]

    given(DRAFTED, POSTED, conclude).when(COMMENTER.sends(WITHDRAW)).then(Comment.Withdrawn)


def test_a_comment_that_has_changed_meanwhile_is_stale() -> None:
    given(DRAFTED, POSTED).when(COMMENTER.sends(replace(WITHDRAW, expected_version=2))).then(
        StaleVersion(id=post().derived_id, expected=2, actual=1)
    )
