"""The rights of a login on the record."""

from dataclasses import dataclass
from typing import Self

from intersessional.infra.postgres.connection import ROLE, SCHEMA, Connection

# Whoever is, or can become, one of these roles can change the record, or read erasable texts.
_RIGHTS = """
SELECT session_user AS login,
       EXISTS (SELECT FROM pg_roles WHERE rolname = $1
                  AND pg_has_role(session_user, oid, 'USAGE')) AS is_member,
       ARRAY(
           SELECT rolname::text FROM pg_roles
            WHERE pg_has_role(session_user, oid, 'MEMBER')
              AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
                   OR rolname LIKE 'pg\\_%'
                   OR oid IN (SELECT nspowner FROM pg_namespace WHERE nspname = $2)
                   OR oid IN (SELECT datdba FROM pg_database WHERE datname = current_database())
                   OR oid IN (SELECT relowner FROM pg_class
                               WHERE relnamespace = to_regnamespace($2)))
            ORDER BY rolname <> session_user, rolname
       ) AS powers
"""


@dataclass(frozen=True, kw_only=True)
class LoginRights:
    """What the login of a connection may do, and what it can become."""

    login: str
    is_member: bool
    """Whether it has the rights of the application."""
    powers: tuple[str, ...]
    """The roles that it is or can become, and that may do more than the application."""

    @classmethod
    async def of(cls, connection: Connection, schema: str = SCHEMA) -> Self:
        """The rights of the connection's login."""
        [row] = await connection.fetch(_RIGHTS, ROLE, schema)
        return cls(login=row["login"], is_member=row["is_member"], powers=tuple(row["powers"]))

    @property
    def is_bounded(self) -> bool:
        """Whether it has the rights of the application, and no more."""
        return self.is_member and not self.powers
