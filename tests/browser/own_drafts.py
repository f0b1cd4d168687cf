"""Drafts of a test's own, in the record that tests share, and many comments on them at once."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from tests.graphql.server import Server
from tests.recorded import Recorded

GROUP = "query ($draft: ID!) { draft(id: $draft) { group { id } } }"
PUBLISHED = "... on DraftPublished { draft { id } }"


async def publish_draft(node: Server, record: Recorded, texts: Sequence[str]) -> Recorded:
    """The record with another draft to comment on, of these paragraphs."""
    async with await node.client(Role.SECRETARIAT, "Secretariat") as secretariat:
        group = (await secretariat.ask(GROUP, draft=str(record.draft)))["draft"]["group"]["id"]
        blocks = [{"text": text} for text in texts]
        published = await secretariat.do(
            "publishDraft", PUBLISHED, group=group, title="A draft of its own", blocks=blocks
        )
    return replace(record, draft=UUID(published["draft"]["id"]))


async def comment_on(
    node: Server,
    record: Recorded,
    person: UUID | None,
    bodies: Iterable[str],
    *,
    blocks: Sequence[tuple[str, ...]] = ((),),
) -> list[str]:
    """Record these comments in one append, on these blocks in turn; returns their ids."""
    commands = [
        PostComment(command_id=uuid4(), draft=record.draft, body=body, blocks=each)
        for body, each in zip(bodies, itertools.cycle(blocks), strict=False)
    ]
    caller = Caller(person=person)
    envelopes = [CommandEnvelope(command, caller) for command in commands]
    results = await node.backend.command_bus.submit_all(envelopes)
    return [str(result.subject) for result in results]
