"""The view of comment threads."""

from dataclasses import replace
from uuid import UUID

from intersessional.domain.comment.attribution import Channel
from intersessional.domain.kernel.act import Actor, Role
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.projections.comments import (
    COMMENTS,
    CommentDocument,
    CommentState,
    lists_of_author,
)
from intersessional.projections.kernel.view import CountKey, ListKey
from tests.projections.comment_events import DRAFT, SAID_BY, post, withdraw
from tests.projections.event_history import BEGINS, EventHistory, act, id_of


def test_comment_is_listed_and_counted_under_its_draft_and_its_group() -> None:
    history = EventHistory()
    comment = post(history, "comment")

    document = history.document(COMMENTS, comment.id)

    assert document == CommentDocument(
        act=act(),
        draft_id=DRAFT,
        group_id=id_of("group"),
        revision=1,
        blocks=("b1",),
        in_reply_to=None,
        channel=Channel.IN_SESSION,
        attribution=SAID_BY,
        stakeholder_group=StakeholderGroup.CIVIL_SOCIETY,
        region=Region.AFRICAN,
        body=Sealed("the body of comment"),
        posted_at=BEGINS,
        passages=(),
    )
    assert COMMENTS.lists(document) == {
        ListKey(DRAFT),
        ListKey(id_of("group")),
        ListKey(DRAFT, "THREADS"),
        ListKey(DRAFT, "THREADS POSTED"),
        ListKey(DRAFT, "THREADS ON b1"),
        ListKey(DRAFT, "THREADS POSTED ON b1"),
    }
    assert {*COMMENTS.counts(document)} == {
        CountKey(parent, dimension, value)
        for parent in (DRAFT, id_of("group"))
        for dimension, value in (
            ("STAKEHOLDER_GROUP", "CIVIL_SOCIETY"),
            ("REGION", "AFRICAN"),
            ("CHANNEL", "IN_SESSION"),
            ("DAY", "2018-04-04"),
        )
    }


def test_comment_on_the_entire_draft_is_listed_with_those_that_name_no_block() -> None:
    history = EventHistory()
    comment = post(history, "comment", blocks=())

    lists = COMMENTS.lists(history.document(COMMENTS, comment.id))

    assert ListKey(DRAFT, "THREADS ON ") in lists
    assert ListKey(DRAFT, "THREADS POSTED ON ") in lists


def test_reply_is_listed_under_its_parent() -> None:
    history = EventHistory()
    comment = post(history, "comment")
    reply = post(history, "reply", in_reply_to=comment.id)

    document = history.document(COMMENTS, reply.id)

    lists = {ListKey(comment.id), ListKey(DRAFT), ListKey(id_of("group"))}
    assert COMMENTS.lists(document) == lists


def test_a_withdrawn_comment_keeps_its_place_and_is_not_counted() -> None:
    history = EventHistory()
    comment = post(history, "comment")
    posted = history.document(COMMENTS, comment.id)
    withdraw(history, comment)

    withdrawn = history.document(COMMENTS, comment.id)

    assert withdrawn == replace(posted, withdrawn=True)
    assert ListKey(DRAFT, "THREADS WITHDRAWN ON b1") in COMMENTS.lists(withdrawn)
    assert ListKey(DRAFT, "THREADS POSTED") not in COMMENTS.lists(withdrawn)
    assert not COMMENTS.counts(withdrawn)


def test_comment_is_listed_under_the_commitment_to_its_author_by_its_state() -> None:
    history = EventHistory()
    document = history.document(COMMENTS, post(history, "comment").id)
    author = Sealed(sealed="ab" * 16 + "cd" * 16)
    sealed = replace(document, act=replace(act(), actor=Actor(Role.COMMENTER, author)))

    posted, withdrawn = lists_of_author(author, CommentState)

    assert posted == ListKey(UUID("ab" * 16), "POSTED")
    assert {*COMMENTS.lists(sealed)} - {*COMMENTS.lists(document)} == {posted}
    assert withdrawn in COMMENTS.lists(replace(sealed, withdrawn=True))
