"""A restored backup is checked against a head that was written down before."""

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from intersessional.domain.comment.commands import PostComment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth import development_token
from intersessional.infra.backend import Backend
from intersessional.infra.settings import Mode, Settings
from tests.infra.cli.program import FinishedCommand, invoke
from tests.operations.installations import Installation
from tests.operations.postgres_server import PostgresServer, PostgresServers
from tests.recorded import Recorded, record_all


def head_of(url: str) -> str:
    """The head of a record, as its operator writes it down."""
    written = invoke("head", DATABASE_URL=url)
    assert written.code == 0, written.err
    return written.out


def verified(url: str, file: Path, *heads: str) -> FinishedCommand:
    """A record checked against written heads."""
    file.write_text("".join(heads))
    return invoke("verify-backup", str(file), DATABASE_URL=url)


async def comment(recorded: Recorded, url: str, *bodies: str) -> None:
    """Post comments through a node on a database."""
    settings = Settings(DATABASE_URL=url, INTERSESSIONAL_MODE=Mode.DEVELOPMENT)
    async with Backend.open(settings) as backend:
        token = await development_token(backend.authenticator, Role.COMMENTER)
        for body in bodies:
            await backend.command_bus.submit(
                PostComment(command_id=uuid4(), draft=recorded.draft, body=body),
                Caller(person=token.person),
            )


@pytest.fixture(scope="module")
def primary(servers: PostgresServers, installation: Installation) -> PostgresServer:
    """A server whose write-ahead log is archived."""
    server = servers.empty("primary", installation)
    archive = servers.directory("archive")
    server.settings = {"archive_mode": "on", "archive_command": f"cp %p {archive}/%f"}
    server.start()
    return server


@pytest.fixture(scope="module")
def recorded(primary: PostgresServer) -> Recorded:
    """What the demo records, on that server."""
    return asyncio.run(record_all(primary.url()))


def test_dump_that_is_restored_holds_all_events_of_the_head(
    primary: PostgresServer, recorded: Recorded, servers: PostgresServers, tmp_path: Path
) -> None:
    head = head_of(recorded.url)
    dump = servers.directory("dump") / "record.dump"
    primary.run("pg_dump", "--format=custom", f"--file={dump}", "postgres")
    primary.run("createdb", "restored")
    primary.run("pg_restore", "--dbname=restored", "--exit-on-error", dump)

    restored = verified(primary.url("restored"), tmp_path / "heads", head)

    assert restored.code == 0, restored.out + restored.err
    assert "the database holds all its events." in restored.out


RIGHTS = """
SELECT kind, name, right_.grantee::regrole::text, right_.privilege_type FROM (
    SELECT 'table' AS kind, oid::regclass::text AS name,
           coalesce(relacl, acldefault('r', relowner)) AS acl
      FROM pg_class WHERE relnamespace = 'intersessional'::regnamespace AND relkind = 'r'
    UNION ALL
    SELECT 'function', oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner))
      FROM pg_proc WHERE pronamespace = 'intersessional'::regnamespace
  ) AS objects, aclexplode(acl) AS right_ ORDER BY 1, 2, 3, 4
"""


@pytest.mark.parametrize("options", [(), ("--no-owner", "--no-privileges")])
def test_dump_that_was_restored_before_its_role_existed_starts_with_all_rights(
    primary: PostgresServer,
    recorded: Recorded,
    servers: PostgresServers,
    installation: Installation,
    options: tuple[str, ...],
) -> None:
    name = f"new{len(options)}"
    dump = servers.directory(f"dump-{name}") / "record.sql"
    primary.run("pg_dump", *options, f"--file={dump}", "postgres")
    new = servers.empty(name, installation)
    new.start()
    new.run("psql", "-qf", dump)

    asyncio.run(comment(recorded, new.url(), "After the restore."))

    assert new.run("psql", "-Atc", RIGHTS) == primary.run("psql", "-Atc", RIGHTS)


def test_recovery_to_a_point_in_time_ends_there_and_says_what_came_after(
    primary: PostgresServer,
    recorded: Recorded,
    servers: PostgresServers,
    installation: Installation,
    tmp_path: Path,
) -> None:
    primary.run(
        *("pg_basebackup", "--wal-method=none", "--checkpoint=fast", "--no-sync"),
        *("-D", servers.directory("base")),
    )
    asyncio.run(comment(recorded, recorded.url, "Before the point.", "And another."))
    before = head_of(recorded.url)
    primary.run("psql", "-qc", "SELECT pg_create_restore_point('before_the_mistake')")
    asyncio.run(comment(recorded, recorded.url, "After the point."))
    after = head_of(recorded.url)
    primary.run("psql", "-qc", "SELECT pg_switch_wal()")

    restored = servers.on("base", installation)
    restored.settings = {
        "restore_command": f"cp {servers.folder}/archive/%f %p",
        "recovery_target_name": "before_the_mistake",
        # Its default: it waits for the operator, who looks at what is there.
        "recovery_target_action": "pause",
    }
    (restored.data / "recovery.signal").touch()
    restored.start()
    restored.wait_for("SELECT pg_get_wal_replay_pause_state() = 'paused'")
    file = tmp_path / "heads"
    up_to_the_point = verified(restored.url(), file, before)
    of_later = verified(restored.url(), file, before, after)
    restored.promote()
    # Nodes go on from there, and the record is no longer the one that was lost.
    asyncio.run(comment(recorded, restored.url(), "Another event at the same position."))
    of_another = verified(restored.url(), file, after, before)

    assert up_to_the_point.code == 0, up_to_the_point.out + up_to_the_point.err
    assert of_later.code == 1
    assert "the events from" in of_later.out
    assert "are missing" in of_later.out
    assert of_another.code == 1
    assert "this is another record" in of_another.out
    assert "the database holds all its events, and" in of_another.out


def test_database_without_a_record_is_told_so(
    primary: PostgresServer, recorded: Recorded, tmp_path: Path
) -> None:
    head = head_of(recorded.url)
    primary.run("createdb", "empty")

    found = verified(primary.url("empty"), tmp_path / "heads", head)

    assert found.code == 1
    assert found.err.startswith("The database holds no record, or this login may not see")
