"""``intersessional replay`` confirms the views, or prints the positions that differ."""

import asyncio
from typing import Any

import asyncpg
import pytest

from intersessional.plugins.comment_window import timer
from intersessional.plugins.plugin import Services
from tests.infra.cli.program import invoke
from tests.recorded import Recorded


def test_untouched_record_agrees_with_all_views_and_nothing_is_added_to_it(
    recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Services] = []

    async def note(services: Services) -> None:
        started.append(services)
        await asyncio.Event().wait()

    monkeypatch.setattr(timer, "_run_timer", note)
    replayed = invoke("replay", DATABASE_URL=recorded.url)

    assert replayed.code == 0, replayed.err
    assert started == []
    assert "every hash is that of the bytes that are stored" in replayed.out
    rows = {row.split()[0]: row.split() for row in replayed.out.splitlines() if row.strip()}
    assert rows["comments"][-1] == "none"
    assert int(rows["comments"][3]) >= 5


def test_changed_document_is_found_with_its_position(
    recorded: Recorded,
) -> None:
    position = asyncio.run(
        change(
            recorded.url,
            "UPDATE intersessional.documents SET born = born + 1 WHERE position ="
            " (SELECT max(position) FROM intersessional.documents) RETURNING position",
        )
    )

    replayed = invoke("replay", DATABASE_URL=recorded.url)

    assert replayed.code == 1
    assert f"{position} " in replayed.out
    assert "the document differs: born" in " ".join(replayed.out.split())


def test_views_that_are_not_built_yet_are_waited_for(recorded: Recorded) -> None:
    asyncio.run(change(recorded.url, "DELETE FROM intersessional.view_heads"))

    replayed = invoke("replay", DATABASE_URL=recorded.url)

    assert replayed.code == 0, replayed.out + replayed.err
    assert "not built yet" not in replayed.out


def test_changed_event_is_found_with_its_position(
    recorded: Recorded,
) -> None:
    for statement in (
        "ALTER TABLE intersessional.stored_events DISABLE TRIGGER append_only",
        "UPDATE intersessional.stored_events SET topic = 'cycle.closed.v1'"
        " WHERE notification_id = 7",
    ):
        asyncio.run(change(recorded.url, statement))

    replayed = invoke("replay", DATABASE_URL=recorded.url)

    assert replayed.code == 1
    assert "the event's bytes are not those that were hashed" in " ".join(replayed.out.split())
    rows = [row.split() for row in replayed.out.splitlines()]
    assert ["7", "stored_events"] in [row[:2] for row in rows]
    assert "comments" in [row[0] for row in rows if row]


def test_view_that_has_stopped_is_a_finding_with_its_sentence(recorded: Recorded) -> None:
    position = asyncio.run(
        change(
            recorded.url,
            "UPDATE intersessional.view_heads SET stopped_at = position + 1,"
            " reason = 'no such comment' WHERE view = 'comments' RETURNING stopped_at",
        )
    )

    replayed = invoke("replay", DATABASE_URL=recorded.url)

    assert replayed.code == 1
    assert (
        f"The view comments has stopped at {position}, an event that it cannot fold,"
        " and shows nothing later: no such comment"
    ) in " ".join(replayed.out.split())
    rows = {row.split()[0]: row.split() for row in replayed.out.splitlines() if row.strip()}
    assert rows["comments"][-1] == "none"


async def change(dsn: str, statement: str) -> Any:
    """Run a statement as the owner of the tables; answers the first value that it returns."""
    owner = await asyncpg.connect(dsn)
    value = await owner.fetchval(statement)
    await owner.close()
    return value
