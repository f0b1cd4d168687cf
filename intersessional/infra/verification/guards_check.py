"""Checks what guards the tables: triggers, functions, and the rights of the application."""

from collections.abc import Sequence

from intersessional.infra.postgres.connection import ROLE, Connection
from intersessional.infra.postgres.migration_scripts import MigrationScripts
from intersessional.infra.postgres.script_objects import ScriptObjects
from intersessional.infra.verification.discrepancies import Discrepancies

_TRIGGERS = """
SELECT relname::text AS guarded, tgname::text AS name, tgenabled = 'A' AS always
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
 WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal
 ORDER BY 1, 2
"""
# Whoever calls a function of the owner's rights must not choose where it looks for tables.
_FUNCTIONS = """
SELECT proname::text AS name, prosrc AS body, prosecdef AS is_definer,
       prosecdef AND array_to_string(proconfig, ';') ~ 'search_path=[^;]*pg_temp' IS NOT TRUE
           AS is_misled,
       prosecdef AND has_function_privilege('public', oid, 'EXECUTE') AS is_for_all
  FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
 ORDER BY 1
"""
_RIGHTS = """
SELECT relname::text AS guarded, privilege
  FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER'])
       AS privilege
 WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
   AND (has_table_privilege($1, pg_class.oid, privilege)
        OR privilege IN ('SELECT', 'INSERT', 'UPDATE')
           AND has_any_column_privilege($1, pg_class.oid, privilege))
 ORDER BY 1, 2
"""
_HAS_RIGHTS = """
SELECT coalesce(bool_or(has_schema_privilege(oid, current_schema(), 'USAGE')), false)
  FROM pg_roles WHERE rolname = $1
"""


class GuardsCheck:
    """Compares what guards the tables with the scripts, all of which must be applied.

    A later version may have added to them, and changed functions and rights.
    """

    def __init__(
        self,
        connection: Connection,
        parts: Sequence[MigrationScripts],
        discrepancies: Discrepancies,
    ) -> None:
        self._connection = connection
        self._made = ScriptObjects.of(parts)
        self._discrepancies = discrepancies

    async def check(self, *, is_later: bool) -> None:
        """Compare triggers; where no ``is_later`` version has been there, functions and rights."""
        await self._check_triggers(is_later)
        if is_later:
            return
        # A restored dump may have no rights, and none taken, before a first node starts on it.
        has_rights = await self._connection.fetchval(_HAS_RIGHTS, ROLE)
        await self._check_functions(has_rights)
        if has_rights:
            await self._check_rights()

    async def _check_triggers(self, is_later: bool) -> None:
        missing = set(self._made.triggers)
        for table, name, always in await self._connection.fetch(_TRIGGERS):
            missing.discard((table, name))
            if (table, name) not in self._made.triggers and not is_later:
                self._add(table, f"the trigger {name} is of no script")
            if not always:
                self._add(table, f"the trigger {name} does not always fire")
        for table, name in sorted(missing):
            self._add(table, f"the trigger {name} is missing")

    async def _check_functions(self, has_rights: bool) -> None:
        missing = set(self._made.functions)
        for name, body, is_definer, is_misled, is_for_all in await self._connection.fetch(
            _FUNCTIONS
        ):
            missing.discard(name)
            made = self._made.functions.get(name)
            if made is None:
                self._add("functions", f"{name} is of no script")
            elif (made.body, made.is_definer) != (body, is_definer):
                self._add("functions", f"{name} is another than the scripts make")
            if is_misled:
                self._add("functions", f"{name} has the owner's rights and looks in other schemas")
            if is_for_all and has_rights:
                self._add("functions", f"{name} has the owner's rights and is for everybody")
        for name in sorted(missing):
            self._add("functions", f"{name} is missing")

    async def _check_rights(self) -> None:
        for table, privilege in await self._connection.fetch(_RIGHTS, ROLE):
            if privilege not in self._made.rights.get(table, ()):
                self._add(table, f"{ROLE} has the right to {privilege}, which no script gives")

    def _add(self, table: str, sentence: str) -> None:
        self._discrepancies.add(table, None, sentence)
