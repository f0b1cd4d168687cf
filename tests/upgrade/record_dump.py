"""Records what the demo records, and more, and writes a dump of it for tests of later versions.

python -m tests.upgrade.record_dump

Once for each format of the event store that lands, and when events got further fields; a dump is
never made anew.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from intersessional.domain.comment.commands import PostComment, WithdrawComment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth import development_token
from intersessional.infra.backend import Backend
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.history import HISTORY
from intersessional.infra.importer import import_history, read_history
from intersessional.infra.settings import Mode, Settings
from intersessional.plugins.composition import installed_plugins
from tests.recorded import Recorded, record_all
from tests.upgrade.dump import FOLDER, Dump

FURTHER = FOLDER / "further.yaml"
"""Events of kinds that the demo has none of."""


async def record_dump(recorded: Recorded, folder: Path) -> Dump:
    """Record more and write the dump to a folder that does not exist yet."""
    settings = Settings(DATABASE_URL=recorded.url, INTERSESSIONAL_MODE=Mode.DEVELOPMENT)
    async with Backend.open(settings) as backend:
        handlers = backend.composition.command_handlers
        await import_history(backend.command_bus, [read_history(FURTHER)], handlers)
        token = await development_token(backend.authenticator, Role.COMMENTER)
        commenter = Caller(person=token.person)
        _, withdrawn = [
            await backend.command_bus.submit(
                PostComment(command_id=uuid4(), draft=recorded.draft, body=body), commenter
            )
            for body in ("A comment that stands.", "A comment that is withdrawn.")
        ]
        await backend.command_bus.submit(
            WithdrawComment(command_id=uuid4(), comment=withdrawn.subject, reason="By mistake."),
            commenter,
        )
    at, dump = datetime.now(UTC), Dump(folder=folder)
    async with Backend.open(settings, clock=_stopped(at)) as backend:
        await dump.write(recorded.url, backend, at)
    folder.joinpath("histories").mkdir()
    histories = (*HISTORY, *installed_plugins().histories, FURTHER)
    for number, file in enumerate(histories, start=1):
        shutil.copy(file, folder / "histories" / f"{number}-{file.name}")
    return dump


def _stopped(at: datetime) -> Callable[[], datetime]:
    return lambda: at


async def _main() -> None:
    name = f"format-{EVENT_STORE_SCRIPTS.format}-{datetime.now(UTC).date()}"
    with tempfile.TemporaryDirectory() as data:
        async with embedded_postgres(Path(data)) as dsn:
            await record_dump(await record_all(dsn), FOLDER / name)
    sys.stdout.write(f"{FOLDER / name}\n")


if __name__ == "__main__":
    asyncio.run(_main())
