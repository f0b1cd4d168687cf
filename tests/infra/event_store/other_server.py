"""What a log looks like after its server was replaced by one that has less of it."""

import asyncpg


async def replace_server(owner: asyncpg.Connection) -> None:
    """Let the server be another one for the log; only its owner could pretend that."""
    await owner.execute(
        "CREATE OR REPLACE FUNCTION log_incarnation() RETURNS text LANGUAGE sql AS"
        f" $$ SELECT '{await owner.fetchval('SELECT gen_random_uuid()')}' $$"
    )


async def lose_tail(owner: asyncpg.Connection, position: int, peaks: list[bytes]) -> None:
    """Remove the events after a position, where the frontier was this."""
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        for table in ("stored_events", "head", "commands", "question_positions"):
            await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        await owner.execute("DELETE FROM stored_events WHERE notification_id > $1", position)
        await owner.execute("DELETE FROM commands WHERE last > $1", position)
        await owner.execute("DELETE FROM question_positions WHERE position > $1", position)
        await owner.execute(
            "UPDATE head SET position = $1, frontier = $2, recorded_at ="
            " (SELECT recorded_at FROM stored_events WHERE notification_id = $1)",
            position,
            peaks,
        )
        for table in ("stored_events", "commands", "question_positions"):
            await owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only")
        for trigger in ("always_one", "forward_only", "epoch_first"):
            await owner.execute(f"ALTER TABLE head ENABLE ALWAYS TRIGGER {trigger}")
