"""The view of comment threads."""

from dataclasses import replace

from intersessional.domain.comment.attribution import Channel
from intersessional.domain.comment.comment import Comment
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Region, StakeholderGroup
from intersessional.projections.comments import COMMENTS, CommentDocument
from intersessional.projections.kernel.view import under
from tests.projections.comment_events import DRAFT, SAID_BY, post
from tests.projections.event_history import BEGINS, EventHistory, act


def test_comment_is_listed_under_its_draft_with_its_recording_time() -> None:
    history = EventHistory()
    comment = post(history, "comment")

    document = history.document(COMMENTS, comment.id)

    assert document == CommentDocument(
        act=act(),
        draft_id=DRAFT,
        revision=1,
        blocks=("b1",),
        in_reply_to=None,
        channel=Channel.IN_SESSION,
        attribution=SAID_BY,
        stakeholder_group=StakeholderGroup.CIVIL_SOCIETY,
        region=Region.AFRICAN,
        body=Sealed("the body of comment"),
        posted_at=BEGINS,
    )
    assert COMMENTS.lists(document) == under(DRAFT)


def test_reply_is_listed_under_its_parent() -> None:
    history = EventHistory()
    comment = post(history, "comment")
    reply = post(history, "reply", in_reply_to=comment.id)

    document = history.document(COMMENTS, reply.id)

    assert COMMENTS.lists(document) == under(comment.id)


def test_a_withdrawn_comment_keeps_its_place() -> None:
    history = EventHistory()
    comment = post(history, "comment")
    posted = history.document(COMMENTS, comment.id)
    history.append(comment, Comment.Withdrawn, draft_id=DRAFT, reason=None)

    withdrawn = history.document(COMMENTS, comment.id)

    assert withdrawn == replace(posted, withdrawn=True)
