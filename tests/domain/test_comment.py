"""Public comments on draft outputs: posted, replied to, withdrawn."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.comment.attribution import Attribution, Channel, SaidElsewhere
from intersessional.domain.comment.commands import WithdrawComment
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.refusals import AlreadyWithdrawn, CommentTooLong, NotTheAuthor
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft, ReviseDraft
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Actor, Ground, Provenance, Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    CodeOfConductNotAccepted,
    NotFound,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.commands import RegisterParticipant
from intersessional.domain.participant.participant import Region, StakeholderGroup
from tests.domain.cast import (
    COMMENTER,
    FACILITATOR,
    NOBODY,
    OPERATOR,
    OTHER_COMMENTER,
    SECRETARIAT,
    STRANGER,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.groups import CONCLUDED, DRAFT, DRAFTED, GROUP, POSTED, post
from tests.domain.story import NOW, Expected, event, given

ELSEWHERE = SaidElsewhere(
    speaker="Ben",
    source="The transcript of day 2.",
    stakeholder_group=StakeholderGroup.GOVERNMENT,
    region=Region.GRULAC,
)
REVISED = FACILITATOR.says(
    ReviseDraft(
        command_id=id_of("without b3"),
        draft=DRAFT,
        blocks=(WrittenBlock(text="Mended.", id="b1"), WrittenBlock(text="New.")),
    )
)
"""In its second revision the draft has the blocks b1 and b4."""


def posted(**data: object) -> Expected:
    return event(Comment.Posted, **data)


WITHDRAW = WithdrawComment(command_id=id_of("withdraw"), comment=post().new_id, reason="A mistake.")


def test_whoever_accepted_the_code_of_conduct_comments_on_blocks_of_a_draft() -> None:
    record = (
        given(DRAFTED)
        .when(COMMENTER.says(post(blocks=("b1", "b3"))))
        .then(
            posted(
                originator_id=post().new_id,
                draft_id=DRAFT,
                group_id=GROUP,
                revision=1,
                blocks=("b1", "b3"),
                in_reply_to=None,
                channel=Channel.ONLINE,
                attribution=None,
                stakeholder_group=StakeholderGroup.CIVIL_SOCIETY,
                region=Region.AFRICAN,
                body=Sealed("Well said."),
            )
        )
    )

    assert record.last[0].act.actor == Actor(Role.COMMENTER, Sealed(str(COMMENTER.id)))


def test_a_comment_can_be_on_the_draft_as_a_whole() -> None:
    given(DRAFTED).when(COMMENTER.says(post())).then(posted(blocks=()))


def test_who_has_not_accepted_the_code_of_conduct_does_not_comment_yet() -> None:
    register = STRANGER.says(RegisterParticipant(command_id=id_of("register")))

    given(DRAFTED).when(NOBODY.says(post())).then(NotSignedIn())
    given(DRAFTED).when(STRANGER.says(post())).then(NotRegistered())
    given(DRAFTED, register).when(STRANGER.says(post())).then(CodeOfConductNotAccepted(version=1))


def test_a_comment_of_nine_kilobytes_is_refused_with_its_size() -> None:
    for body, size in [("x" * 9_000, 9_000), ("é" * 4_097, 8_194)]:
        given(DRAFTED).when(COMMENTER.says(post(body=body))).then(
            CommentTooLong(bytes=size, bytes_max=8_192)
        )
    given(DRAFTED).when(COMMENTER.says(post(body="x" * 8_192))).then(Comment.Posted)


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        ({"body": " "}, BadValue(field="body", problem="it is empty.")),
        ({"body": "a\0"}, BadValue(field="body", problem="it holds a control character.")),
        ({"body": "\ud800"}, BadValue(field="body", problem="it holds half of a surrogate pair.")),
        (
            {"body": "\U0001d160" * 1_000},
            BadValue(field="body", problem="it has 12000 bytes; 8192 are allowed."),
        ),
        ({"draft": id_of("x")}, NotFound(kind="draft", id=str(id_of("x")))),
        ({"draft": GROUP}, NotFound(kind="draft", id=str(GROUP))),
        ({"blocks": ("b1", "b4")}, NotFound(kind="block", id="b4")),
        (
            {"blocks": ("b1", "b1")},
            BadValue(field="blocks", problem="name each once, at most 50."),
        ),
        (
            {"blocks": tuple(f"b{n}" for n in range(51))},
            BadValue(field="blocks", problem="name each once, at most 50."),
        ),
        ({"revision": 0}, NotFound(kind="revision", id="0")),
        ({"revision": 2}, NotFound(kind="revision", id="2")),
        ({"in_reply_to": id_of("x")}, NotFound(kind="comment", id=str(id_of("x")))),
    ],
)
def test_what_is_told_of_a_comment_has_its_form(
    told: dict[str, Any], refused: BadValue | NotFound
) -> None:
    given(DRAFTED).when(COMMENTER.says(post(**told))).then(refused)


@pytest.mark.parametrize(("revision", "block", "gone"), [(1, "b3", "b4"), (2, "b4", "b3")])
def test_a_comment_stays_on_the_revision_that_was_read(
    revision: int, block: str, gone: str
) -> None:
    story = (DRAFTED, REVISED)

    given(*story).when(COMMENTER.says(post(revision=revision, blocks=("b1", block)))).then(
        posted(revision=revision, blocks=("b1", block))
    )
    given(*story).when(COMMENTER.says(post(revision=revision, blocks=(gone,)))).then(
        NotFound(kind="block", id=gone)
    )


def test_a_comment_is_on_the_latest_revision_unless_told_otherwise() -> None:
    given(DRAFTED, REVISED).when(COMMENTER.says(post(blocks=("b4",)))).then(posted(revision=2))


def test_a_comment_can_be_replied_to_and_the_reply_too() -> None:
    reply = OTHER_COMMENTER.says(post("reply", in_reply_to=post().new_id))
    again = post("again", in_reply_to=post("reply").new_id)

    given(DRAFTED, POSTED, reply).when(COMMENTER.says(again)).then(
        posted(in_reply_to=post("reply").new_id)
    )


def test_a_reply_stands_on_the_draft_of_what_it_replies_to() -> None:
    other = PublishDraft(
        command_id=id_of("other"), group=GROUP, title="B", blocks=(WrittenBlock(text="Text."),)
    )
    reply = post("reply", draft=other.new_id, in_reply_to=post().new_id)

    given(DRAFTED, FACILITATOR.says(other), POSTED).when(COMMENTER.says(reply)).then(
        BadValue(field="in_reply_to", problem="that comment is on another draft.")
    )


def test_the_drafts_of_a_concluded_group_are_not_commented_on_any_more() -> None:
    given(CONCLUDED).when(COMMENTER.says(post())).then(GroupHasConcluded(group=GROUP))


def test_nobody_comments_at_another_time_than_now() -> None:
    yesterday = Occurred.parse("2018-04-03")

    given(DRAFTED).when(COMMENTER.says(post(occurred=yesterday))).then(
        OutOfTime(
            occurred="2018-04-03",
            problem="only the Secretariat and the Chair tell of another time than now.",
        )
    )


@pytest.mark.parametrize("channel", [Channel.IN_SESSION, Channel.EMAIL, Channel.MAILING_LIST])
def test_what_was_said_elsewhere_the_secretariat_enters_with_its_speaker(channel: Channel) -> None:
    said = post(channel=channel, attribution=ELSEWHERE, occurred=Occurred.parse("2018-04-03"))

    record = (
        given(DRAFTED)
        .when(SECRETARIAT.says(said))
        .then(
            posted(
                channel=channel,
                attribution=Attribution(Sealed("Ben"), Sealed("The transcript of day 2.")),
                stakeholder_group=StakeholderGroup.GOVERNMENT,
                region=Region.GRULAC,
            )
        )
    )

    assert record.last[0].act.actor == Actor(Role.SECRETARIAT, SECRETARIAT.id)
    given(DRAFTED).when(COMMENTER.says(said)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))


def test_what_was_said_elsewhere_is_attributed_and_found() -> None:
    def refused(field: str, problem: str, **told: Any) -> None:
        said = post(channel=Channel.EMAIL, **told)
        given(DRAFTED).when(SECRETARIAT.says(said)).then(BadValue(field=field, problem=problem))

    refused("attribution", "tell who said it elsewhere, and where.")
    refused("attribution.speaker", "it is empty.", attribution=replace(ELSEWHERE, speaker=""))
    refused("attribution.source", "it is empty.", attribution=replace(ELSEWHERE, source=""))


def test_who_comments_online_speaks_for_themselves() -> None:
    given(DRAFTED).when(COMMENTER.says(post(attribution=ELSEWHERE))).then(
        BadValue(field="attribution", problem="who comments online speaks for themselves.")
    )


@pytest.mark.parametrize("person", [OPERATOR, in_the_name_of(SECRETARIAT)])
def test_sources_may_not_tell_who_said_it(person: Person) -> None:
    said = post(channel=Channel.IN_SESSION, provenance=Provenance(Ground.IMPORTED))

    given(DRAFTED).when(person.says(said)).then(
        posted(attribution=None, stakeholder_group=None, region=None)
    )


def test_its_author_takes_a_comment_back() -> None:
    given(DRAFTED, POSTED).when(COMMENTER.says(WITHDRAW)).then(
        event(
            Comment.Withdrawn,
            originator_id=post().new_id,
            draft_id=DRAFT,
            reason=Sealed("A mistake."),
        )
    )


@pytest.mark.parametrize("person", [OTHER_COMMENTER, FACILITATOR, SECRETARIAT, OPERATOR])
def test_nobody_else_does(person: Person) -> None:
    given(DRAFTED, POSTED).when(person.says(WITHDRAW)).then(NotTheAuthor(comment=post().new_id))


def test_what_the_operator_told_has_no_author_to_take_it_back() -> None:
    told = OPERATOR.says(post(provenance=Provenance(Ground.IMPORTED)))

    given(DRAFTED, told).when(OPERATOR.says(WITHDRAW)).then(NotTheAuthor(comment=post().new_id))


def test_whose_comment_it_was_nobody_knows_after_erasure() -> None:
    erased = given(DRAFTED, POSTED).record.erased()

    given(record=erased).when(COMMENTER.says(WITHDRAW)).then(NotTheAuthor(comment=post().new_id))


def test_who_entered_what_was_said_elsewhere_takes_it_back() -> None:
    entered = SECRETARIAT.says(post(channel=Channel.EMAIL, attribution=ELSEWHERE))

    given(DRAFTED, entered).when(SECRETARIAT.says(WITHDRAW)).then(Comment.Withdrawn)


def test_a_comment_is_taken_back_once() -> None:
    again = replace(WITHDRAW, command_id=id_of("again"))

    given(DRAFTED, POSTED, COMMENTER.says(WITHDRAW)).when(COMMENTER.says(again)).then(
        AlreadyWithdrawn(comment=post().new_id)
    )


def test_that_it_was_made_stays_on_record_so_it_can_still_be_replied_to() -> None:
    reply = post("reply", in_reply_to=post().new_id)

    given(DRAFTED, POSTED, COMMENTER.says(WITHDRAW)).when(OTHER_COMMENTER.says(reply)).then(
        posted(in_reply_to=post().new_id)
    )


def test_a_comment_can_be_taken_back_after_the_group_has_concluded() -> None:
    _, conclude = CONCLUDED[-2:]

    given(DRAFTED, POSTED, conclude).when(COMMENTER.says(WITHDRAW)).then(Comment.Withdrawn)


def test_a_comment_that_has_changed_meanwhile_is_stale() -> None:
    given(DRAFTED, POSTED).when(COMMENTER.says(replace(WITHDRAW, expected_version=2))).then(
        StaleVersion(id=post().new_id, expected=2, actual=1)
    )
