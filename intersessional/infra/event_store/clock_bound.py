"""The database's own bound on times to come, which clocks of tests pass."""

import asyncpg

from intersessional.infra.postgres.connection import connect
from intersessional.infra.postgres.database import DatabaseUrls
from intersessional.infra.postgres.pool import Pool


async def lift_clock_bound(pool: Pool, urls: DatabaseUrls) -> None:
    """Let events be recorded at any time, as the owner of the tables; others leave it as it is."""
    if await pool.fetchval("SELECT ahead IS NULL FROM clock_bound"):
        return
    owner = await connect(urls.owner or urls.node)
    try:
        await owner.execute("UPDATE clock_bound SET ahead = NULL")
    except asyncpg.InsufficientPrivilegeError:
        pass
    finally:
        await owner.close()
