"""Replay finds every list entry and every count that differs from the fold of the log."""

from uuid import UUID

from intersessional.infra.read_models.replay.differences import Difference, Finding
from tests.infra.read_models.harness import ReadModelHarness
from tests.infra.read_models.tampering import (
    OF_ITEMS,
    OWNER,
    UNKNOWN_ID,
    B,
    C,
    item_differences,
    record_three_items,
)

ENTRY = f"{OF_ITEMS} AND kind = 'a' AND born = 2"
TOTAL = f"{OF_ITEMS} AND parent = '{OWNER}' AND dimension = '' AND value = 'a' AND position = 2"


async def test_missing_entry_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"DELETE FROM list_entries WHERE {ENTRY}")

    assert await item_differences(harness) == (in_list(2, B, Finding.NOT_LISTED),)


async def test_entry_in_another_list_is_found_in_both(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"UPDATE list_entries SET parent = '{UNKNOWN_ID}' WHERE {ENTRY}")

    assert await item_differences(harness) == (
        in_list(2, B, Finding.NOT_LISTED),
        in_list(2, B, Finding.LISTED_WRONGLY, f"a under {UNKNOWN_ID}"),
    )


async def test_entry_of_another_document_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"UPDATE list_entries SET key = '{C}' WHERE {ENTRY}")

    assert await item_differences(harness) == (
        in_list(2, B, Finding.NOT_LISTED),
        in_list(2, C, Finding.LISTED_WRONGLY),
    )


async def test_entry_that_no_event_has_left_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(
        "INSERT INTO list_entries (head, parent, kind, born, key, since)"
        f" SELECT head, parent, kind, 9, key, since + 3 FROM list_entries WHERE {ENTRY}"
    )

    assert await item_differences(harness) == (in_list(5, B, Finding.LISTED_WRONGLY),)


async def test_entry_after_the_last_event_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(
        "INSERT INTO list_entries (head, parent, kind, born, key, since)"
        f" SELECT head, parent, kind, 9, key, 9 FROM list_entries WHERE {ENTRY}"
    )

    assert await item_differences(harness) == (in_list(9, B, Finding.LISTED_WRONGLY),)


async def test_entry_that_has_not_ended_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness, leaves=True)
    await harness.server.execute(f"UPDATE list_entries SET until = NULL WHERE {ENTRY}")

    assert await item_differences(harness) == (in_list(8, B, Finding.LISTED_TOO_LONG),)


async def test_entry_that_ends_though_no_event_ended_it_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"UPDATE list_entries SET until = 4 WHERE {ENTRY}")

    assert await item_differences(harness) == (unexpected(7, "1 endings"),)


async def test_wrong_total_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"UPDATE counts SET total = 5 WHERE {TOTAL}")

    found = await item_differences(harness)

    detail = f"a under {OWNER}"
    assert found == tuple(
        Difference(position=position, key=None, finding=Finding.MISCOUNTED, detail=detail)
        for position in (2, 3)
    )


async def test_missing_total_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"DELETE FROM counts WHERE {TOTAL}")

    assert Finding.MISCOUNTED in {one.finding for one in await item_differences(harness)}


async def test_total_that_no_event_has_left_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(
        "INSERT INTO counts (head, parent, dimension, value, position, total)"
        f" SELECT head, parent, dimension, value, 7, 4 FROM counts WHERE {TOTAL}"
    )

    assert await item_differences(harness) == (unexpected(7, "1 counts"),)


def in_list(
    position: int, key: UUID, finding: Finding, detail: str = f"a under {OWNER}"
) -> Difference:
    return Difference(position=position, key=key, finding=finding, detail=detail)


def unexpected(position: int, number: str) -> Difference:
    detail = f"{number} that no event has left"
    return Difference(position=position, key=None, finding=Finding.UNEXPECTED, detail=detail)
