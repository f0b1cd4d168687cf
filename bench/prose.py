"""A draft of real prose, as long as one that is worked on, in the words of our documents."""

from datetime import UTC, datetime
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
from tests.prose import Prose

COMMENTS = 50


async def publish_prose(record: RecordedDraft) -> UUID:
    """Publish a draft of 40 paragraphs of 90 words, with 50 comments; answers its id."""
    settings = load_settings(Mode.DEVELOPMENT).model_copy(update={"database_url": record.dsn})
    prose = Prose()
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
            blocks=tuple(WrittenBlock(text=text) for text in prose.paragraphs()),
        )
        await backend.command_bus.submit(draft, Caller(person=secretariat.person))
        for body in prose.comments(COMMENTS):
            comment = PostComment(command_id=uuid4(), draft=draft.created_id, body=body)
            await backend.command_bus.submit(comment, Caller(person=commenter.person))
    return draft.created_id
