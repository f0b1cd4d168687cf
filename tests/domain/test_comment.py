"""Public comments on draft outputs: posted, and replied to."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.comment.attribution import Attribution, Channel
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.refusals import CommentTooLong
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
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.commands import RegisterParticipant
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from tests.domain.actors import (
    ANONYMOUS,
    COMMENTER,
    FACILITATOR,
    OPERATOR,
    OTHER_COMMENTER,
    SECRETARIAT,
    STRANGER,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.comment_scenarios import ELSEWHERE, posted
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import CONCLUDED, DRAFT, DRAFTED, GROUP, POSTED, post

REVISED = FACILITATOR.sends(
    ReviseDraft(
        command_id=id_of("without b3"),
        draft=DRAFT,
        blocks=(WrittenBlock(text="Mended.", id="b1"), WrittenBlock(text="New.")),
    )
)
"""In its second revision the draft has the blocks b1 and b4."""


def test_comment_is_posted_on_blocks_of_a_draft() -> None:
    record = (
        given(DRAFTED)
        .when(COMMENTER.sends(post(blocks=("b1", "b3"))))
        .then(
            posted(
                originator_id=post().derived_id,
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

    assert record.appended[0].act.actor == Actor(Role.COMMENTER, Sealed(str(COMMENTER.id)))


def test_comment_without_blocks_is_on_the_entire_draft() -> None:
    given(DRAFTED).when(COMMENTER.sends(post())).then(posted(blocks=()))


def test_comment_before_the_code_of_conduct_is_accepted_is_refused() -> None:
    register = STRANGER.sends(RegisterParticipant(command_id=id_of("register")))

    given(DRAFTED).when(ANONYMOUS.sends(post())).then(NotSignedIn())
    given(DRAFTED).when(STRANGER.sends(post())).then(NotRegistered())
    given(DRAFTED, register).when(STRANGER.sends(post())).then(CodeOfConductNotAccepted(version=1))


def test_a_comment_of_nine_kilobytes_is_refused_with_its_size() -> None:
    for body, size in [("x" * 9_000, 9_000), ("é" * 4_097, 8_194)]:
        given(DRAFTED).when(COMMENTER.sends(post(body=body))).then(
            CommentTooLong(bytes=size, bytes_max=8_192)
        )
    given(DRAFTED).when(COMMENTER.sends(post(body="x" * 8_192))).then(Comment.Posted)


@pytest.mark.parametrize(
    ("fields", "refused"),
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
def test_comment_with_a_malformed_value_is_refused(
    fields: dict[str, Any], refused: BadValue | NotFound
) -> None:
    given(DRAFTED).when(COMMENTER.sends(post(**fields))).then(refused)


@pytest.mark.parametrize(("revision", "block", "gone"), [(1, "b3", "b4"), (2, "b4", "b3")])
def test_a_comment_stays_on_the_revision_that_was_read(
    revision: int, block: str, gone: str
) -> None:
    history = (DRAFTED, REVISED)

    given(*history).when(COMMENTER.sends(post(revision=revision, blocks=("b1", block)))).then(
        posted(revision=revision, blocks=("b1", block))
    )
    given(*history).when(COMMENTER.sends(post(revision=revision, blocks=(gone,)))).then(
        NotFound(kind="block", id=gone)
    )


def test_comment_is_on_the_latest_revision_by_default() -> None:
    given(DRAFTED, REVISED).when(COMMENTER.sends(post(blocks=("b4",)))).then(posted(revision=2))


def test_a_comment_can_be_replied_to_and_the_reply_too() -> None:
    reply = OTHER_COMMENTER.sends(post("reply", in_reply_to=post().derived_id))
    again = post("again", in_reply_to=post("reply").derived_id)

    given(DRAFTED, POSTED, reply).when(COMMENTER.sends(again)).then(
        posted(in_reply_to=post("reply").derived_id)
    )


def test_reply_is_on_the_draft_of_its_parent() -> None:
    other = PublishDraft(
        command_id=id_of("other"), group=GROUP, title="B", blocks=(WrittenBlock(text="Text."),)
    )
    reply = post("reply", draft=other.derived_id, in_reply_to=post().derived_id)

    given(DRAFTED, FACILITATOR.sends(other), POSTED).when(COMMENTER.sends(reply)).then(
        BadValue(field="in_reply_to", problem="that comment is on another draft.")
    )


def test_the_drafts_of_a_concluded_group_are_not_commented_on_any_more() -> None:
    given(CONCLUDED).when(COMMENTER.sends(post())).then(GroupHasConcluded(group=GROUP))


def test_comment_at_another_time_than_now_is_refused() -> None:
    yesterday = Occurred.parse("2018-04-03")

    given(DRAFTED).when(COMMENTER.sends(post(occurred=yesterday))).then(
        OutOfTime(
            occurred="2018-04-03",
            problem="only the Secretariat and the Chair may record another time than now.",
        )
    )


@pytest.mark.parametrize("channel", [Channel.IN_SESSION, Channel.EMAIL, Channel.MAILING_LIST])
def test_comment_made_elsewhere_is_entered_by_the_secretariat(channel: Channel) -> None:
    command = post(channel=channel, attribution=ELSEWHERE, occurred=Occurred.parse("2018-04-03"))

    record = (
        given(DRAFTED)
        .when(SECRETARIAT.sends(command))
        .then(
            posted(
                channel=channel,
                attribution=Attribution(Sealed("Ben"), Sealed("The transcript of day 2.")),
                stakeholder_group=StakeholderGroup.GOVERNMENT,
                region=Region.GRULAC,
            )
        )
    )

    assert record.appended[0].act.actor == Actor(Role.SECRETARIAT, SECRETARIAT.id)
    given(DRAFTED).when(COMMENTER.sends(command)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )


def test_comment_made_elsewhere_names_speaker_and_source() -> None:
    def refused(field: str, problem: str, **fields: Any) -> None:
        command = post(channel=Channel.EMAIL, **fields)
        given(DRAFTED).when(SECRETARIAT.sends(command)).then(BadValue(field=field, problem=problem))

    refused("attribution", "a comment made elsewhere names its speaker and source.")
    refused("attribution.speaker", "it is empty.", attribution=replace(ELSEWHERE, speaker=""))
    refused("attribution.source", "it is empty.", attribution=replace(ELSEWHERE, source=""))


def test_comment_online_with_an_attribution_is_refused() -> None:
    given(DRAFTED).when(COMMENTER.sends(post(attribution=ELSEWHERE))).then(
        BadValue(field="attribution", problem="a comment made online has no other speaker.")
    )


@pytest.mark.parametrize("person", [OPERATOR, in_the_name_of(SECRETARIAT)])
def test_imported_comment_may_lack_an_attribution(person: Person) -> None:
    command = post(channel=Channel.IN_SESSION, provenance=Provenance(Ground.IMPORTED))

    given(DRAFTED).when(person.sends(command)).then(
        posted(attribution=None, stakeholder_group=None, region=None)
    )
