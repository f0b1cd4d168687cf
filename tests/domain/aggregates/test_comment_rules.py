"""Rules that comments and drafts check themselves."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from intersessional.domain.comment.attribution import Channel
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.refusals import AlreadyWithdrawn, CommentTooLong, NotTheAuthor
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.refusals import BadValue, NotFound
from tests.domain.aggregates.acts import AUTHOR, IMPORTED, act, draft, new_id, participant


def revise(one: Draft, blocks: Sequence[WrittenBlock]) -> None:
    one.revise(act(), blocks, texts={})


def comment() -> Comment:
    return Comment.post(act(Role.COMMENTER), id=new_id("comment"), draft=draft(), body="Well said.")


def test_comment_names_the_latest_revision_unless_it_names_another() -> None:
    revised = draft()
    revise(revised, [WrittenBlock(text="One.", id="b1")])

    for revision, named in [(None, 2), (1, 1)]:
        posted = Comment.post(
            act(Role.COMMENTER), id=new_id("c"), draft=revised, body="Yes.", revision=revision
        )
        (event,) = posted.take_pending_events()
        assert isinstance(event, Comment.Posted)
        assert event.revision == named


@pytest.mark.parametrize(("revision", "blocks"), [(2, ()), (0, ()), (1, ("b3",))])
def test_comment_on_a_revision_or_block_that_the_draft_lacks_is_refused(
    revision: int, blocks: tuple[str, ...]
) -> None:
    with pytest.raises(NotFound):
        Comment.post(
            act(), id=new_id("c"), draft=draft(), body="Yes.", revision=revision, blocks=blocks
        )


def test_comment_of_more_than_8_kb_is_refused() -> None:
    with pytest.raises(CommentTooLong):
        Comment.post(act(), id=new_id("c"), draft=draft(), body="x" * 8_193)


def test_comment_made_elsewhere_without_attribution_is_refused_unless_imported() -> None:
    def enter(envelope: Act) -> Comment:
        return Comment.post(
            envelope, id=new_id("c"), draft=draft(), body="Yes.", channel=Channel.EMAIL
        )

    with pytest.raises(BadValue, match="attribution"):
        enter(act())
    enter(act(provenance=IMPORTED))


def test_comment_keeps_the_stakeholder_group_of_its_author() -> None:
    author = participant()
    posted = Comment.post(act(), id=new_id("c"), draft=draft(), body="Yes.", author=author)

    (event,) = posted.take_pending_events()
    assert isinstance(event, Comment.Posted)
    assert event.stakeholder_group is author.stakeholder_group


@pytest.mark.parametrize("author", [None, AUTHOR])
def test_comment_withdrawn_by_someone_else_is_refused(author: UUID | None) -> None:
    with pytest.raises(NotTheAuthor):
        comment().withdraw(act(), author=author, sender=new_id("someone else"))


def test_comment_is_withdrawn_once() -> None:
    posted = comment()
    posted.withdraw(act(), author=AUTHOR, sender=AUTHOR)

    assert posted.withdrawn
    with pytest.raises(AlreadyWithdrawn):
        posted.withdraw(act(), author=AUTHOR, sender=AUTHOR)


def test_draft_gives_a_new_block_an_id_that_no_revision_had() -> None:
    revised = draft()
    revise(revised, [WrittenBlock(text="One.", id="b1")])
    revise(revised, [WrittenBlock(text="Three.")])

    assert [sorted(blocks) for blocks in revised.revisions] == [["b1", "b2"], ["b1"], ["b3"]]


def test_draft_revised_with_a_block_of_an_earlier_revision_is_refused() -> None:
    revised = draft()
    revise(revised, [WrittenBlock(text="One.", id="b1")])

    with pytest.raises(NotFound):
        revise(revised, [WrittenBlock(text="Two.", id="b2")])


def test_draft_without_blocks_is_refused() -> None:
    with pytest.raises(BadValue, match="blocks"):
        revise(draft(), [])
