"""Scenarios of the work of a group."""

from typing import Any

from intersessional.domain.comment.commands import PostComment
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft
from intersessional.domain.group.commands import AppointFacilitator, ConcludeGroup
from tests.domain.actors import COMMENTER, FACILITATOR, SECRETARIAT, id_of
from tests.domain.scenarios import CYCLE, approved, group_id, mandate

GROUP = group_id("cybersecurity")
MANDATE = mandate("cybersecurity")

APPROVED = (*CYCLE, *approved("cybersecurity"))
"""A Best Practice Forum was approved."""

WORKING = (
    *APPROVED,
    SECRETARIAT.sends(
        AppointFacilitator(
            command_id=id_of("appoint"),
            group=GROUP,
            participant=FACILITATOR.id,
            decision=MANDATE,
        )
    ),
)
"""It has a facilitator."""


def publish(*blocks: WrittenBlock) -> PublishDraft:
    """The group publishes its draft."""
    return PublishDraft(
        command_id=id_of("draft"), group=GROUP, title="A draft output", blocks=blocks
    )


DRAFT = publish().derived_id

DRAFTED = (
    *WORKING,
    FACILITATOR.sends(publish(*[WrittenBlock(text=f"Paragraph {n}.") for n in (1, 2, 3)])),
)
"""It has published a draft of the three blocks b1, b2 and b3."""


def post(name: str = "comment", **overrides: Any) -> PostComment:
    """A comment on the draft."""
    fields: dict[str, Any] = {"draft": DRAFT, "body": "Well said."} | overrides
    return PostComment(command_id=id_of(name), **fields)


POSTED = COMMENTER.sends(post())
"""Someone has commented on the draft."""

CONCLUDED = (
    *DRAFTED,
    FACILITATOR.sends(ConcludeGroup(command_id=id_of("conclude"), group=GROUP)),
)
"""Its work has ended."""
