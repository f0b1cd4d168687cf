"""Whatever the tables' owner changes by hand in any column of any table, replay names it."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from intersessional.domain.comment.commands import WithdrawComment
from intersessional.infra.backend import SCRIPTS
from intersessional.infra.clock import now
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.postgres.connection import ROLE, connect
from intersessional.infra.postgres.pool import Pool, open_pool
from intersessional.infra.read_models.replay.replay import replay_views
from intersessional.infra.verification.verification import verify_record
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.plugins.testing import running
from tests.databases import fresh_database
from tests.plugins.scenario import PluginScenario, comment

pytestmark = pytest.mark.asyncio(loop_scope="module")

VIEW = "comments"
PLACES = {
    "stored_events": "notification_id",
    "commands": "first",
    **dict.fromkeys(("openings", "text_access", "question_positions"), "position"),
    **dict.fromkeys(("documents", "counts"), "position"),
    "list_entries": "since",
}
"""The columns that say of which event a row is."""
VIEWS = ("documents", "list_entries", "counts", "view_heads")
ALTERATIONS = {
    "uuid": ["gen_random_uuid()"],
    "bigint": ["{0} + 1", "-7"],
    "integer": ["{0} + 1", "-7"],
    "text": ["{0} || 'x'"],
    "bytea": ["set_byte({0}, 0, get_byte({0}, 0) # 1)", "''"],
    "timestamp with time zone": ["{0} + interval '1 us'", "'294000-01-01'", "'-infinity'"],
    "interval": ["coalesce({0}, '0') + '1 h'"],
    "boolean": ["NOT {0}"],
    "bytea[]": ["{0} || sha256('a')", "('[0:0]={{' || {0}[1]::text || '}}')::bytea[]"],
}
"""What each type of column is set to; NULL too, where the column allows it."""

NO_EVENT_TELLS = "no event tells it, and nothing that the record says follows from it"
SECRET = "it signs tokens, and no event: another one ends all sessions"
SIGN_IN = "who is behind a pseudonym is in no event"
SIGNED_OUT = "who was signed out is in no event"
LATER = "a part, or a question, that this version does not know may be of another one"
UNDETECTED = {
    ("applied_scripts", "applied_at"): NO_EVENT_TELLS,
    ("applied_scripts", "part"): LATER,
    ("applied_scripts", "DELETE"): "a record of an earlier version has fewer; a node applies it",
    ("applied_scripts", "INSERT"): LATER,
    ("clock_bound", "ahead"): "the owner sets how far an event may be ahead of the clock",
    ("clock_bound", "DELETE"): "without it an event may be ahead by any time",
    ("commands", "digest"): "the body is not stored: a repeat of the command would be refused",
    ("commands", "salt"): "the body is not stored: a repeat of the command would be refused",
    ("development_secret", "secret"): SECRET,
    ("development_secret", "DELETE"): SECRET,
    ("epochs", "begins_after"): "only who had read the events that were lost can tell",
    ("epochs", "incarnation"): "the next look of a node begins a further epoch at the head",
    ("epochs", "begun_at"): NO_EVENT_TELLS,
    ("epochs", "DELETE"): "of the last one: the next look of a node begins it again at the head",
    ("persons", "issuer"): SIGN_IN,
    ("persons", "subject"): SIGN_IN,
    ("persons", "person"): SIGN_IN,
    ("persons", "first_seen"): "only a time that is later than the person's first event is wrong",
    ("persons", "DELETE"): "it cuts a person off from the pseudonym, as they may ask for",
    ("question_positions", "INSERT"): LATER,
    ("revocations", "person"): SIGNED_OUT,
    ("revocations", "issued_until"): SIGNED_OUT,
    ("revocations", "DELETE"): "of the last one: who was signed out is in no event",
    ("session_secret", "secret"): SECRET,
    ("session_secret", "DELETE"): SECRET,
}
"""What replay cannot find, or need not, and why."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    table: str
    name: str
    type: str
    is_nullable: bool

    @property
    def others(self) -> Sequence[str]:
        """The SQL of other values than the column has."""
        made = [one.format(self.name) for one in ALTERATIONS[self.type]]
        return ["NULL", *made] if self.is_nullable else made


class Record:
    """A record that the owner changes and puts back."""

    def __init__(self, owner: asyncpg.Connection, pool: Pool, composition: Composition) -> None:
        self.owner = owner
        self._pool = pool
        self._composition = composition
        self._codec = Codec(composition.aggregates, composition.questions)

    async def columns(self) -> dict[str, list[Column]]:
        """The columns of every table, by the catalogue."""
        found: dict[str, list[Column]] = {}
        for row in await self.owner.fetch(
            "SELECT relname::text, attname::text, format_type(atttypid, NULL), NOT attnotnull"
            "  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
            " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"
            "   AND attnum > 0 AND NOT attisdropped ORDER BY relname, attnum"
        ):
            found.setdefault(row[0], []).append(Column(*row))
        return found

    async def open_to_changes(self, tables: Sequence[str]) -> None:
        """Switch the guards off, and keep what the tables hold."""
        await self.owner.execute("ALTER TABLE view_heads ALTER id SET GENERATED BY DEFAULT")
        for table in tables:
            await self.owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            await self.owner.execute(f"CREATE TEMPORARY TABLE kept_{table} AS TABLE {table}")

    async def put_back(self, table: str) -> None:
        """Give a table back what it held."""
        await self.owner.execute(f"DELETE FROM {table}")
        await self.owner.execute(
            f"INSERT INTO {table} OVERRIDING SYSTEM VALUE TABLE pg_temp.kept_{table}"
        )

    async def change(self, table: str, statement: str) -> bool:
        """Whether a statement changes something: the table itself may refuse it."""
        try:
            [(changed,)] = await self.owner.fetch(f"{statement} RETURNING {table}::text")
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError):
            return False
        kept = f"SELECT EXISTS (SELECT FROM pg_temp.kept_{table} AS k WHERE k::text = $1)"
        return statement.startswith(("DELETE", "INSERT")) or not await self.owner.fetchval(
            kept, changed
        )

    async def row(self, table: str) -> str:
        """The condition for the last row of a table; of one view, where it is a view's."""
        of_view = f"(SELECT id FROM view_heads WHERE view = '{VIEW}')"
        where = f"{'id' if table == 'view_heads' else 'head'} = {of_view}"
        return (
            f"ctid = (SELECT ctid FROM {table} WHERE {where if table in VIEWS else 'true'}"
            f" ORDER BY {PLACES.get(table, 'ctid')} DESC LIMIT 1)"
        )

    async def place(self, table: str) -> int | None:
        """The position that this row is of; None where it is of no event."""
        if table not in PLACES:
            return None
        place = f"SELECT {PLACES[table]} FROM {table} WHERE {await self.row(table)}"
        return int(await self.owner.fetchval(place))

    async def findings(self, table: str) -> set[tuple[str, int | None, str]]:
        """What replay finds that may come from a change of the table."""
        verified = await verify_record(
            self.owner,
            codec=self._codec,
            questions=self._composition.questions,
            parts=SCRIPTS,
        )
        found = {(one.table, one.position, one.sentence) for one in verified.discrepancies}
        if table in VIEWS:
            [view] = [one for one in self._composition.views if one.name == VIEW]
            log = EventLog(self._pool)
            replayed = await replay_views(self._pool, log=log, codec=self._codec, views=[view])
            found |= {("views", None, one) for one in (*replayed.unbuilt, *replayed.strays)}
            found |= {
                ("views", one.position, one.finding.value)
                for view_replay in replayed.views
                for one in view_replay.differences
            }
        return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def record(postgres: str, migrated: str) -> AsyncGenerator[Record]:
    """A short record of which each table has rows."""
    day = (now() + timedelta(days=10)).date()
    composition = Composition((CORE, plugin))
    async with fresh_database(postgres, migrated) as url:
        async with running(plugin, clock=now, database_url=url) as system:
            scenario = await PluginScenario(system=system, year=day.year).begin()
            groups = await scenario.establish("One", "Two")
            drafts = [await scenario.draft(group) for group in groups]
            await scenario.confirm(str(day), str(day))
            await system.until(lambda topics: topics.count("opened") == 2, "comment_window.")
            authenticator = system.backend.authenticator
            known = await authenticator.pseudonyms.get_or_create("https://issuer.example", "1")
            caller = await scenario.person(known.id)
            posted = [await system.submit(comment(draft), caller) for draft in drafts]
            withdrawn = WithdrawComment(command_id=uuid4(), comment=posted[0].subject, reason="No.")
            await system.submit(withdrawn, caller)
            await authenticator.sign_out(known.id)
            await system.caught_up()
        owner = await connect(url)
        await owner.execute("INSERT INTO development_secret (secret) VALUES (sha256('a'))")
        async with open_pool(url) as pool:
            yield Record(owner, pool, composition)
        await owner.close()


GUARDS = {
    "ALTER TABLE epochs DISABLE TRIGGER append_only": "append_only does not always fire",
    "DROP TRIGGER forward_only ON head": "the trigger forward_only is missing",
    "CREATE OR REPLACE FUNCTION refuse_leap() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'": "refuse_leap is another than the scripts make",
    "ALTER FUNCTION lock_log() RESET search_path": "lock_log has the owner's rights and looks",
    "GRANT EXECUTE ON FUNCTION lock_log() TO PUBLIC": "the owner's rights and is for everybody",
    f"GRANT UPDATE (state) ON stored_events TO {ROLE}": "has the right to UPDATE, which no script",
    "GRANT SELECT ON openings TO PUBLIC": "has the right to SELECT, which no script gives",
    "CREATE FUNCTION length(text) RETURNS int LANGUAGE sql AS 'SELECT 32'": "is of no script",
}
"""What the owner does to what guards the tables, and what is found."""


async def test_every_guard_that_the_owner_has_changed_is_named(record: Record) -> None:
    assert await record.findings("head") == set()

    for statement, sentence in GUARDS.items():
        changed = record.owner.transaction(isolation="repeatable_read")
        await changed.start()
        await record.owner.execute(statement)
        found = await record.findings("head")
        await changed.rollback()
        assert any(sentence in one for *_, one in found), statement


async def test_dump_that_was_restored_without_rights_is_sound(record: Record) -> None:
    restored = record.owner.transaction(isolation="repeatable_read")
    await restored.start()
    await record.owner.execute(
        f"REVOKE ALL ON SCHEMA intersessional FROM {ROLE};"
        f"REVOKE ALL ON ALL TABLES IN SCHEMA intersessional FROM {ROLE};"
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA intersessional TO PUBLIC"
    )
    found = await record.findings("head")
    await restored.rollback()

    assert found == set()


async def test_every_change_of_every_column_is_named_or_has_its_reason(record: Record) -> None:
    columns = await record.columns()
    await record.open_to_changes(list(columns))
    unfound: dict[tuple[str, str], list[str]] = {}
    for table, of_table in columns.items():
        before = await record.findings(table)
        place = await record.place(table)
        for name, statements in changes(table, of_table, await record.row(table)).items():
            for statement in statements:
                if not await record.change(table, statement):
                    continue
                found = {one[1] for one in await record.findings(table) - before}
                elsewhere = name in ("INSERT", PLACES.get(table)) or place is None
                if not found or not (elsewhere or place in found):
                    unfound.setdefault((table, name), []).append(statement)
                await record.put_back(table)
                if name == "INSERT":
                    break

    assert {one: unfound[one] for one in unfound if one not in UNDETECTED} == {}
    # What is found has no reason why it is not.
    assert set(UNDETECTED) - set(unfound) == set()


def changes(table: str, columns: Sequence[Column], row: str) -> dict[str, list[str]]:
    """The statements that change each column of a row, delete it, and insert it again."""
    names = [one.name for one in columns]
    statements = {
        one.name: [f"UPDATE {table} SET {one.name} = {value} WHERE {row}" for value in one.others]
        for one in columns
    }
    statements["DELETE"] = [f"DELETE FROM {table} WHERE {row}"]
    statements["INSERT"] = [
        f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT"
        f" {', '.join(one.others[-1] if one.name == name else name for name in names)}"
        f" FROM {table} WHERE {row}"
        for one in columns
    ]
    return statements
