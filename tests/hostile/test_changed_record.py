"""Whoever changes the stored record by hand is found, with the position, all at once."""

from collections.abc import AsyncGenerator
from uuid import uuid4

import pytest
import pytest_asyncio

from intersessional.domain.comment.commands import PostComment, WithdrawComment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth import development_token
from intersessional.infra.backend import SCRIPTS, Backend
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.postgres.connection import connect
from intersessional.infra.settings import Mode, Settings
from intersessional.infra.verification.discrepancies import Discrepancy
from intersessional.infra.verification.verification import Verification, verify_record
from intersessional.plugins.composition import installed_plugins
from tests.databases import fresh_database
from tests.infra.cli.program import run
from tests.recorded import Recorded, record_all

GUARDED = ("stored_events", "commands", "text_access", "question_positions", "openings")
COMMENT = "SELECT notification_id FROM stored_events WHERE topic = 'comment.posted.v1'"


def from_(position: int) -> str:
    """The condition for the command that begins at a position, or next."""
    return f"first = (SELECT min(first) FROM commands WHERE first >= {position})"


CHANGES = {
    "an event before the first position": (
        "INSERT INTO stored_events SELECT gen_random_uuid(), 1, topic, state, 0, recorded_at,"
        " leaf_hash FROM stored_events WHERE notification_id = 1 RETURNING notification_id",
        "stored_events",
        "before the first position",
    ),
    "an event beyond the head": (
        "INSERT INTO stored_events SELECT gen_random_uuid(), 1, topic, state, 999999,"
        " recorded_at, leaf_hash FROM stored_events WHERE notification_id = 1"
        " RETURNING notification_id",
        "stored_events",
        "beyond the head",
    ),
    "an event that is no JSON any more": (
        "UPDATE stored_events SET state = '{' WHERE notification_id = 150"
        " RETURNING notification_id",
        "stored_events",
        "cannot be decoded",
    ),
    "the text of a comment": (
        f"UPDATE openings SET value = '\"Forged.\"' WHERE position = ({COMMENT} ORDER BY 1 LIMIT 1)"
        " AND length(value) > 50 RETURNING position",
        "openings",
        "data/body is not the one that was sealed",
    ),
    "a comment whose text is gone": (
        f"DELETE FROM openings WHERE position = ({COMMENT} ORDER BY 1 OFFSET 1 LIMIT 1)"
        " AND length(value) > 50 RETURNING position",
        "openings",
        "data/body is missing, and nothing erased it",
    ),
    "a text that no event commits to": (
        "INSERT INTO openings VALUES (sha256('a'), 12, sha256('b'), '\"Slipped in.\"')"
        " RETURNING position",
        "openings",
        "commits to no such text",
    ),
    "a text of no event": (
        "INSERT INTO openings VALUES (sha256('c'), 5000, sha256('b'), '\"Slipped in.\"')"
        " RETURNING position",
        "openings",
        "no event that could commit",
    ),
    "a withdrawn text that is shown again": (
        "DELETE FROM text_access WHERE ctid = (SELECT min(ctid) FROM text_access)"
        " RETURNING position",
        "text_access",
        "a text that the event closes is not closed",
    ),
    "a text that nobody withdrew": (
        "INSERT INTO text_access SELECT commitment, position, 'WITHDRAWN' FROM openings"
        f" WHERE position = ({COMMENT} ORDER BY 1 OFFSET 2 LIMIT 1) LIMIT 1 RETURNING position",
        "text_access",
        "the event does not make the text WITHDRAWN",
    ),
    "a command that is forgotten": (
        f"DELETE FROM commands WHERE {from_(20)} RETURNING first",
        "commands",
        "no command has recorded the event",
    ),
    "a command under another id": (
        f"UPDATE commands SET command_id = gen_random_uuid() WHERE {from_(40)} RETURNING first",
        "commands",
        "the event names another command",
    ),
    "a command of another time": (
        f"UPDATE commands SET recorded_at = recorded_at - interval '1 s' WHERE {from_(60)}"
        " RETURNING first",
        "commands",
        "recorded at another time than its command",
    ),
    "a command on nothing": (
        "INSERT INTO commands SELECT gen_random_uuid(), gen_random_uuid(), first, last,"
        f" recorded_at, salt, digest FROM commands WHERE {from_(80)} RETURNING first",
        "commands",
        "the subject of command",
    ),
    "a command that claims events of another": (
        f"UPDATE commands SET first = first - 1 WHERE {from_(100)} RETURNING first",
        "commands",
        "claims events of",
    ),
    "a command beyond the head": (
        "INSERT INTO commands SELECT gen_random_uuid(), subject, 7000, 7000, recorded_at, salt,"
        f" digest FROM commands WHERE {from_(80)} LIMIT 1 RETURNING first",
        "commands",
        "there are no events of command",
    ),
    "a digest that no body can have": (
        f"UPDATE commands SET digest = '' WHERE {from_(120)} RETURNING first",
        "commands",
        "has another form",
    ),
    "an answer that would not be looked up": (
        "DELETE FROM question_positions WHERE position ="
        " (SELECT max(position) FROM question_positions WHERE question LIKE 'role_tenures%')"
        " RETURNING position",
        "question_positions",
        "is missing",
    ),
    "an answer that would seem to have changed": (
        "INSERT INTO question_positions SELECT question, key, position + 1 FROM question_positions"
        " WHERE question LIKE 'first_draft%' LIMIT 1 RETURNING position",
        "question_positions",
        "does not concern",
    ),
    "a sign-in for another's name": (
        "UPDATE persons SET person = stream, first_seen = recorded_at + interval '2 days'"
        " FROM (SELECT originator_id AS stream, recorded_at, notification_id FROM stored_events"
        " WHERE topic = 'participant.registered.v1' ORDER BY notification_id LIMIT 1) AS official"
        " RETURNING notification_id",
        "persons",
        "on record before the sign-in was first seen",
    ),
    "a revocation that is gone": (
        "INSERT INTO revocations VALUES (2, sha256('a'), NULL, NULL) RETURNING NULL::bigint",
        "revocations",
        "revocation 1 is missing",
    ),
    "an epoch that is gone": (
        "INSERT INTO epochs VALUES (100, 'aaaaaaaaaaaa', 0, '') RETURNING NULL::bigint",
        "epochs",
        "is missing before epoch 100",
    ),
    "a script that is gone": (
        "INSERT INTO applied_scripts VALUES ('views', 99, '', now(), 2) RETURNING NULL::bigint",
        "applied_scripts",
        "of the views scripts",
    ),
}
"""What somebody does to the tables; where it is found, and what is said."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def with_a_withdrawn_comment(postgres: str) -> AsyncGenerator[Recorded]:
    """What the demo records, and a comment that was withdrawn."""
    async with fresh_database(postgres) as url:
        recorded = await record_all(url)
        settings = Settings(DATABASE_URL=recorded.url, INTERSESSIONAL_MODE=Mode.DEVELOPMENT)
        async with Backend.open(settings) as backend:
            token = await development_token(backend.authenticator, Role.COMMENTER)
            caller = Caller(person=token.person)
            posted = await backend.command_bus.submit(
                PostComment(command_id=uuid4(), draft=recorded.draft, body="By mistake."), caller
            )
            await backend.command_bus.submit(
                WithdrawComment(command_id=uuid4(), comment=posted.subject, reason="A mistake."),
                caller,
            )
            await backend.reader.wait_until_reached(await backend.record.head())
        yield recorded


async def verified(url: str) -> Verification:
    """What is found in a record."""
    composition = installed_plugins()
    owner = await connect(url)
    try:
        return await verify_record(
            owner,
            codec=Codec(composition.aggregates, composition.questions),
            questions=composition.questions,
            parts=SCRIPTS,
        )
    finally:
        await owner.close()


Changed = tuple[Verification, dict[str, int | None]]


async def change(recorded: Recorded, *names: str) -> dict[str, int | None]:
    """Do what is named to a record; answers where each was done."""
    owner = await connect(recorded.url)
    for table in (*GUARDED, "persons", "revocations"):
        await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    places: dict[str, int | None] = {}
    for name in names:
        rows = await owner.fetch(CHANGES[name][0])
        assert rows, name
        places[name] = rows[0][0]
    for table in GUARDED[:-1]:
        await owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only")
    for table, trigger in (
        ("persons", "never_changed"),
        ("revocations", "append_only"),
        ("revocations", "next_position"),
    ):
        await owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
    await owner.close()
    return places


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def changed(postgres: str, with_a_withdrawn_comment: Recorded) -> AsyncGenerator[Changed]:
    """A record in which all of this was done, what is found, and where it was done."""
    async with with_a_withdrawn_comment.copied(postgres) as recorded:
        places = await change(recorded, *CHANGES)
        yield await verified(recorded.url), places


async def test_nothing_is_found_where_nothing_was_changed(
    with_a_withdrawn_comment: Recorded,
) -> None:
    assert (await verified(with_a_withdrawn_comment.url)).discrepancies == ()


@pytest.mark.parametrize("name", CHANGES)
def test_change_is_found_where_it_was_made(changed: Changed, name: str) -> None:
    verification, places = changed
    _, table, sentence = CHANGES[name]

    found = [
        one
        for one in verification.discrepancies
        if (one.table, one.position) == (table, places[name]) and sentence in one.sentence
    ]

    assert found, _listed(verification.discrepancies)


def test_trigger_that_was_switched_off_is_found(changed: Changed) -> None:
    verification, _ = changed

    assert "the trigger erased_one_by_one does not always fire" in _listed(
        verification.discrepancies
    )


async def test_replay_names_what_was_changed_in_sentences_and_exits_with_1(
    postgres: str, with_a_withdrawn_comment: Recorded
) -> None:
    # Views that were folded beyond the end of the log are folded again after a second, and log
    # the event that is no JSON: a fast machine has replayed the record by then.
    names = [name for name in CHANGES if name != "an event beyond the head"]
    async with with_a_withdrawn_comment.copied(postgres) as recorded:
        places = await change(recorded, *names)

        replayed = await run("replay", DATABASE_URL=recorded.url, COLUMNS="200")

    assert replayed.code == 1
    assert "Traceback" not in replayed.out + replayed.err
    for name in ("the text of a comment", "an event that is no JSON any more"):
        _, table, sentence = CHANGES[name]
        place = [str(places[name]), table]
        lines = [line for line in replayed.out.splitlines() if line.split()[:2] == place]
        assert any(sentence in line for line in lines)
    # The views are compared nevertheless.
    assert "comments" in replayed.out


def _listed(discrepancies: tuple[Discrepancy, ...]) -> str:
    return "\n".join(f"{one.position} {one.table}: {one.sentence}" for one in discrepancies)
