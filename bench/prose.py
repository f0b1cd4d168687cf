"""A draft of real prose, as long as one that is worked on, in the words of our documents."""

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from bench.recorded_draft import RecordedDraft
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth import development_token
from intersessional.infra.backend import Backend
from intersessional.infra.history.illustration import illustration
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.settings import Mode, load_settings

BLOCKS, BLOCK_WORDS = 40, 90
COMMENTS, COMMENT_WORDS = 50, 40
_DOCUMENTS = Path(__file__).parent.parent / "docs"
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*[.,;:]?")


async def publish_prose(record: RecordedDraft) -> UUID:
    """Publish a draft of 40 paragraphs of 90 words, with 50 comments; answers its id."""
    settings = load_settings(Mode.DEVELOPMENT).model_copy(update={"database_url": record.dsn})
    words = _words()
    async with Backend.open(settings) as backend:
        builder = CommandBuilder(backend.composition.command_handlers)
        today = datetime.now(UTC).date()
        orders = [one.envelope.command for one in builder.build(illustration(today))]
        [illustrated] = [one for one in orders if isinstance(one, PublishDraft)]
        secretariat = await development_token(backend.authenticator, Role.SECRETARIAT)
        commenter = await development_token(backend.authenticator, Role.COMMENTER)
        draft = PublishDraft(
            command_id=uuid4(),
            group=illustrated.group,
            title="A draft of real prose",
            blocks=tuple(WrittenBlock(text=_text(words, BLOCK_WORDS)) for _ in range(BLOCKS)),
        )
        await backend.command_bus.submit(draft, Caller(person=secretariat.person))
        for _ in range(COMMENTS):
            comment = PostComment(
                command_id=uuid4(), draft=draft.created_id, body=_text(words, COMMENT_WORDS)
            )
            await backend.command_bus.submit(comment, Caller(person=commenter.person))
    return draft.created_id


def _words() -> Iterator[str]:
    """The words of all documents, again and again."""
    texts = [path.read_text() for path in sorted(_DOCUMENTS.rglob("*.md"))]
    return itertools.cycle(_WORD.findall(" ".join(texts)))


def _text(words: Iterator[str], count: int) -> str:
    return " ".join(itertools.islice(words, count))
