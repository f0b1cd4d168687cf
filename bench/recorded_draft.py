"""A recorded draft to comment on, for the benchmarks over HTTP."""

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from bench.http_load import request
from intersessional.domain.draft.commands import PublishDraft
from intersessional.domain.kernel.act import Role
from intersessional.infra.auth import development_token
from intersessional.infra.backend import Backend
from intersessional.infra.history import illustrate
from intersessional.infra.history.illustration import illustration
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.postgres.database import database
from intersessional.infra.settings import Mode, load_settings

CLIENTS = 64
POSTED = b'"CommentPosted"'
"""A text in the response to each posted comment."""

_POST = """
mutation Post($input: PostCommentInput!) {
  postComment(input: $input) {
    __typename
    ... on CommentPosted { position repeated comment { id } }
    ... on Refusal { code message }
  }
}
"""


@dataclass(frozen=True)
class RecordedDraft:
    """A database, the tokens of commenters and a draft."""

    dsn: str
    tokens: Sequence[str]
    draft: UUID

    def comment(self, url: str, client: int, text: str) -> bytes:
        """A request that posts a comment."""
        command = {"commandId": str(uuid4()), "draft": str(self.draft), "body": text}
        body = json.dumps({"query": _POST, "variables": {"input": command}}).encode()
        return request(url, body, f"Authorization: Bearer {self.tokens[client]}")


@asynccontextmanager
async def open_recorded_draft() -> AsyncGenerator[RecordedDraft]:
    """Record a draft that is open for comments, and a commenter for each client.

    It is in the database of DATABASE_URL, or in an embedded one in a new directory.
    """
    settings = load_settings(Mode.DEVELOPMENT)
    with TemporaryDirectory() as directory:
        if settings.database_url is None:
            settings = settings.model_copy(update={"data": Path(directory)})
        async with database(settings, print) as urls:
            dsn = urls.node
            opened = settings.model_copy(update={"database_url": dsn, "mode": Mode.DEVELOPMENT})
            async with Backend.open(opened) as backend:
                handlers, today = backend.composition.command_handlers, datetime.now(UTC).date()
                await illustrate(backend.command_bus, backend.record, handlers, today)
                tokens = [
                    await development_token(backend.authenticator, Role.COMMENTER, name=f"No. {n}")
                    for n in range(CLIENTS)
                ]
            commands = [
                one.envelope.command for one in CommandBuilder(handlers).build(illustration(today))
            ]
            [draft] = [one.created_id for one in commands if isinstance(one, PublishDraft)]
            yield RecordedDraft(dsn, [token.text for token in tokens], draft)
