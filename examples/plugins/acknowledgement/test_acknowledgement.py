"""The plugin's tests: its commands in memory, and its queries on a running system."""

from pathlib import Path
from uuid import uuid4

from acknowledgement import AcknowledgeComment, Acknowledgement, plugin

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
QUERY = "query ($id: ID!) { comment(id: $id) { body acknowledged { at } } }"


def acknowledge() -> SentCommand:
    """The facilitator acknowledges the comment."""
    command = AcknowledgeComment(command_id=uuid4(), comment=FORUM.comment)
    return SentCommand(command, FORUM.facilitator)


def test_comment_is_acknowledged_by_the_facilitator() -> None:
    given = scenario(plugin).given(FORUM.commands())

    given.when(acknowledge()).then(event(Acknowledgement.Given, comment_id=FORUM.comment))


def test_comment_is_acknowledged_once() -> None:
    given = scenario(plugin).given([*FORUM.commands(), acknowledge()])

    refusal = given.when(acknowledge()).refusal(AlreadyRecorded)

    assert refusal.kind == "acknowledgement"


async def test_comment_shows_when_it_was_acknowledged(tmp_path: Path) -> None:
    clock = Clock("2027-10-01T12:00:00Z")
    async with running(plugin, clock=clock, data=tmp_path) as system:
        await system.given([*FORUM.commands(), acknowledge()])

        data = await system.query(QUERY, id=str(FORUM.comment))

    assert data["comment"] == {
        "body": "Well said.",
        "acknowledged": {"at": "2027-10-01T12:00:00.000000Z"},
    }
