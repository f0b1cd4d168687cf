"""Functions, triggers and rights of the application that migration scripts make."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from intersessional.infra.postgres.connection import ROLE
from intersessional.infra.postgres.migration_scripts import MigrationScripts

_FUNCTION = re.compile(
    r"^CREATE (?:OR REPLACE )?FUNCTION (\w+)\((.*?)AS \$\$(.*?)\$\$", re.MULTILINE | re.DOTALL
)
_TRIGGER = re.compile(r"^CREATE TRIGGER (\w+) [^;]*?\bON (\w+)\s", re.MULTILINE)
_RIGHT = re.compile(
    rf"^(GRANT|REVOKE) ([A-Z, ]+?) ON (?!FUNCTION)([\w,\s]+?)\s(?:TO|FROM) {ROLE};", re.MULTILINE
)


@dataclass(frozen=True, kw_only=True)
class ScriptFunction:
    """A function: its body, and whether it has the rights of its owner."""

    body: str
    is_definer: bool


@dataclass(frozen=True, kw_only=True)
class ScriptObjects:
    """What the scripts of all parts make, as the last of them leaves it."""

    functions: Mapping[str, ScriptFunction]
    triggers: frozenset[tuple[str, str]]
    """Each table with the name of a trigger on it."""
    rights: Mapping[str, frozenset[str]]
    """For each table the privileges that the application has."""

    @classmethod
    def of(cls, parts: Iterable[MigrationScripts]) -> Self:
        """Read the scripts."""
        functions: dict[str, ScriptFunction] = {}
        triggers: set[tuple[str, str]] = set()
        rights: defaultdict[str, set[str]] = defaultdict(set)
        for sql in (script.sql for part in parts for script in part.scripts):
            for name, before, body in _FUNCTION.findall(sql):
                functions[name] = ScriptFunction(body=body, is_definer="SECURITY DEFINER" in before)
            triggers |= {(table, name) for name, table in _TRIGGER.findall(sql)}
            for verb, privileges, tables in _RIGHT.findall(sql):
                for table in re.findall(r"\w+", tables):
                    change = (
                        rights[table].update if verb == "GRANT" else rights[table].difference_update
                    )
                    change(re.findall(r"\w+", privileges))
        return cls(
            functions=functions,
            triggers=frozenset(triggers),
            rights={table: frozenset(of_table) for table, of_table in rights.items()},
        )
