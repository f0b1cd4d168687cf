"""The login that is made for nodes where DATABASE_URL is the address of the tables' owner."""

import logging
from hmac import digest
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import asyncpg

from intersessional.infra.postgres.connection import ROLE, SCHEMA, connect
from intersessional.infra.postgres.hosts import connect_to_any
from intersessional.infra.postgres.login_rights import LoginRights
from intersessional.infra.postgres.scram_verifier import scram_verifier

NODE_ROLE = "intersessional_node"
CONNECT_TIMEOUT_S = 10

# Nodes of several databases of a server may do this at the same moment.
_MAKE_ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{NODE_ROLE}') THEN
        CREATE ROLE {NODE_ROLE} LOGIN;
    END IF;
    IF NOT pg_has_role('{NODE_ROLE}', '{ROLE}', 'USAGE') THEN
        GRANT {ROLE} TO {NODE_ROLE};
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""
_HAS_SETTINGS = f"""
SELECT EXISTS (SELECT FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole
                WHERE rolname = '{NODE_ROLE}'
                  AND setdatabase IN (0, (SELECT oid FROM pg_database
                                           WHERE datname = current_database())))
"""
_RESET_ROLE = f"""
DO $$ BEGIN
    ALTER ROLE {NODE_ROLE} RESET ALL;
    EXECUTE format('ALTER ROLE {NODE_ROLE} IN DATABASE %I RESET ALL', current_database());
END $$;
"""

logger = logging.getLogger(__name__)


async def made_login(owner_url: str, schema: str = SCHEMA) -> str | None:
    """The DSN of a login that owns nothing, made with the owner's rights; None where it cannot be.

    Its password is made from the owner's, so that all nodes with that address have the same one
    and nothing is stored. A login may change its own password and settings for all its later
    sessions (`ALTER ROLE ... SET`): whoever had it cannot keep the nodes out, for both are made
    again.
    """
    url = login_url(owner_url)
    if await _is_bounded(url, schema) and not await _has_settings(owner_url):
        return url
    try:
        await _make(owner_url, _password(owner_url))
    except asyncpg.PostgresError as error:
        logger.warning("the login %s cannot be made: %s", NODE_ROLE, error)
    return url if await _is_bounded(url, schema) else None


def login_url(owner_url: str) -> str:
    """The DSN of the login that is made for nodes."""
    return with_login(owner_url, NODE_ROLE, _password(owner_url))


def with_login(url: str, user: str, password: str | None) -> str:
    """The same address with another login."""
    parts = urlsplit(url)
    hosts = parts.netloc.rpartition("@")[2]
    login = user if password is None else f"{user}:{quote(password, safe='')}"
    others = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name not in ("user", "password", "sslcert", "sslkey", "sslpassword", "passfile")
    ]
    return parts._replace(netloc=f"{login}@{hosts}", query=urlencode(others)).geturl()


def with_role(url: str) -> str:
    """The same address, whose sessions begin in the application's role."""
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query, keep_blank_values=True), ("role", ROLE)]
    return parts._replace(query=urlencode(query)).geturl()


def _password(owner_url: str) -> str | None:
    """The password of the made login; None where the owner has none in the address."""
    parts = urlsplit(owner_url)
    owners = unquote(parts.password or "") or dict(parse_qsl(parts.query)).get("password")
    return None if owners is None else digest(owners.encode(), NODE_ROLE.encode(), "sha256").hex()


async def _is_bounded(url: str, schema: str) -> bool:
    """Whether nodes can log in with this address, and have the application's rights alone."""
    try:
        connection = await connect(url, schema=schema)
        try:
            return (await LoginRights.of(connection, schema)).is_bounded
        finally:
            await connection.close()
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False


async def _has_settings(owner_url: str) -> bool:
    """Whether sessions of the login begin with settings of its own."""
    owner = await connect_to_any(owner_url, timeout=CONNECT_TIMEOUT_S)
    try:
        return bool(await owner.fetchval(_HAS_SETTINGS))
    finally:
        await owner.close()


async def _make(owner_url: str, password: str | None) -> None:
    owner = await connect_to_any(owner_url, timeout=CONNECT_TIMEOUT_S)
    try:
        await owner.execute(_MAKE_ROLE)
        if await owner.fetchval(_HAS_SETTINGS):
            await owner.execute(_RESET_ROLE)
        if password is not None:
            verifier = scram_verifier(password)
            await owner.execute(f"ALTER ROLE {NODE_ROLE} LOGIN PASSWORD '{verifier}'")
    finally:
        await owner.close()
