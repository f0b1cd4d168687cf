"""A record in which something has happened: the 2018 cycle, and a draft to comment on."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from intersessional.domain.draft.commands import PublishDraft
from intersessional.domain.kernel.act import Role
from intersessional.infra.auth import development_token
from intersessional.infra.backend import Backend
from intersessional.infra.history import HISTORY, illustrate
from intersessional.infra.history.illustration import illustration
from intersessional.infra.importer import import_history, read_history
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.settings import Mode, Settings
from tests.databases import fresh_database


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A database with a record in it, whoever may comment there, and on what."""

    url: str
    token: str
    draft: UUID

    @asynccontextmanager
    async def copied(self, server: str) -> AsyncGenerator["Recorded"]:
        """A copy on the same server, of one's own; nobody may be connected to this database."""
        async with fresh_database(server, template=urlsplit(self.url).path[1:]) as url:
            yield Recorded(url=url, token=self.token, draft=self.draft)


async def record_all(url: str) -> Recorded:
    """Record what the demo records, in an empty database."""
    settings = Settings(DATABASE_URL=url, INTERSESSIONAL_MODE=Mode.DEVELOPMENT)
    async with Backend.open(settings) as backend:
        answers, today = backend.composition.command_handlers, datetime.now(UTC).date()
        histories = map(read_history, [*HISTORY, *backend.composition.histories])
        await import_history(backend.command_bus, list(histories), answers)
        await illustrate(backend.command_bus, backend.record, answers, today)
        token = await development_token(backend.authenticator, Role.COMMENTER)
        await backend.reader.wait_until_reached(await backend.record.head())
    orders = [one.envelope.command for one in CommandBuilder(answers).build(illustration(today))]
    [draft] = [command.created_id for command in orders if isinstance(command, PublishDraft)]
    return Recorded(url=url, token=token.text, draft=draft)
