"""The login of nodes: it has the application's rights on migrated tables, and no others."""

import logging
from collections.abc import Sequence

import asyncpg

from intersessional.infra.postgres.connection import ROLE, connect
from intersessional.infra.postgres.database import DatabaseError, DatabaseUrls
from intersessional.infra.postgres.login_rights import LoginRights
from intersessional.infra.postgres.migration_scripts import MigrationScripts
from intersessional.infra.postgres.migrations import check_migrated, migrate, migrate_over
from intersessional.infra.postgres.node_login import made_login, with_role
from intersessional.infra.settings import Mode

logger = logging.getLogger(__name__)

HOW_TO_SEPARATE = f"""\
An administrator runs, with a password:
    CREATE ROLE igf_node LOGIN PASSWORD '...' IN ROLE {ROLE};
Then DATABASE_URL is the address with igf_node and that password, and
INTERSESSIONAL_OWNER_DATABASE_URL is the owner's, for migrations alone."""


async def migrated_login(
    urls: DatabaseUrls, mode: Mode, *, parts: Sequence[MigrationScripts]
) -> str:
    """Migrate the tables, and give the DSN with which nodes log in.

    Without the owner's address the tables must be migrated already, or the login is the owner's:
    then another one is made. Raises SchemaError, and DatabaseError for a login that could change
    the record; development mode goes on with a warning.
    """
    if urls.owner is not None:
        await migrate(urls.owner, parts=parts)
    elif await _is_bounded_or_migrates(urls.node, parts):
        return urls.node
    elif made := await made_login(urls.node):
        return made
    rights = await _rights(urls.node)
    return urls.node if rights.is_bounded else _in_development(urls.node, rights, mode)


async def _is_bounded_or_migrates(url: str, parts: Sequence[MigrationScripts]) -> bool:
    """Whether a login has a node's rights on migrated tables; with others it migrates them."""
    connection = await connect(url)
    try:
        is_bounded = (await LoginRights.of(connection)).is_bounded
        await (check_migrated if is_bounded else migrate_over)(connection, parts=parts)
        return is_bounded
    finally:
        await connection.close()


def _in_development(url: str, rights: LoginRights, mode: Mode) -> str:
    """The address of a login with more rights, or with less; only development mode accepts more."""
    if not rights.is_member:
        raise DatabaseError(
            f"{rights.login} of DATABASE_URL may not use the tables. An administrator runs:"
            f' GRANT {ROLE} TO "{rights.login}";'
        )
    reason = (
        f"{rights.login} of DATABASE_URL could change the record, for it is or can become"
        f" {', '.join(rights.powers[:3])}. {HOW_TO_SEPARATE}"
    )
    if mode is Mode.PRODUCTION:
        raise DatabaseError(reason)
    logger.warning("%s", reason)
    return with_role(url)


async def _rights(url: str) -> LoginRights:
    connection = await connect(url)
    try:
        return await LoginRights.of(connection)
    finally:
        await connection.close()


async def connect_as_owner(urls: DatabaseUrls) -> asyncpg.Connection:
    """A connection that reads all tables. Raises DatabaseError where only the node's is given."""
    connection = await connect(urls.owner or urls.node)
    may_read = "SELECT has_table_privilege(to_regclass('openings'), 'SELECT')"
    if await connection.fetchval(may_read) is not False:
        return connection
    await connection.close()
    raise DatabaseError(
        "This reads tables that nodes may not read: the address of the tables' owner must be in"
        " INTERSESSIONAL_OWNER_DATABASE_URL."
    )
