"""The plugin's tests: its commands in memory, and its queries on a running system."""

from pathlib import Path
from uuid import uuid4

from acknowledgement import AcknowledgeComment, Acknowledgement, Stage, plugin

from intersessional.domain.kernel.refusals import AlreadyRecorded
from intersessional.plugins.testing import (
    Clock,
    SampleForum,
    SentCommand,
    event,
    running,
    scenario,
)

FORUM = SampleForum()
QUERY = """query ($draft: ID!) { acknowledgedComments(draft: $draft, stage: READ) {
    body acknowledged { at } } }"""


def acknowledge(stage: Stage = Stage.READ) -> SentCommand:
    """The facilitator acknowledges the comment."""
    command = AcknowledgeComment(command_id=uuid4(), comment=FORUM.comment, stage=stage)
    return SentCommand(command, FORUM.facilitator)


def test_comment_is_acknowledged_by_the_facilitator() -> None:
    given = scenario(plugin).given(FORUM.commands())

    given.when(acknowledge(Stage.DISCUSSED)).then(
        event(Acknowledgement.Given, comment_id=FORUM.comment, stage=Stage.DISCUSSED)
    )


def test_comment_is_acknowledged_once() -> None:
    given = scenario(plugin).given([*FORUM.commands(), acknowledge()])

    refusal = given.when(acknowledge()).refusal(AlreadyRecorded)

    assert refusal.kind == "acknowledgement"


async def test_acknowledged_comments_are_listed(tmp_path: Path) -> None:
    clock = Clock("2027-10-01T12:00:00Z")
    async with running(plugin, clock=clock, data=tmp_path) as system:
        await system.given([*FORUM.commands(), acknowledge()])

        data = await system.query(QUERY, draft=str(FORUM.draft))

    assert data["acknowledgedComments"] == [
        {"body": "Well said.", "acknowledged": {"at": "2027-10-01T12:00:00.000000Z"}}
    ]
