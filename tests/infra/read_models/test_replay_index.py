"""Replay finds every index entry that differs from the fold of the log."""

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


async def test_missing_index_entry_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"DELETE FROM shelves WHERE {ENTRY}")

    found = await item_differences(harness)

    assert found == (in_index(2, B, Finding.NOT_LISTED),)


async def test_entry_in_another_index_is_found_in_both(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"UPDATE shelves SET parent = '{UNKNOWN_ID}' WHERE {ENTRY}")

    found = await item_differences(harness)

    assert found == (
        in_index(2, B, Finding.NOT_LISTED),
        in_index(2, B, Finding.LISTED_WRONGLY, f"a under {UNKNOWN_ID}"),
    )


async def test_entry_of_another_document_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"UPDATE shelves SET key = '{C}' WHERE {ENTRY}")

    found = await item_differences(harness)

    assert found == (
        in_index(2, B, Finding.NOT_LISTED),
        in_index(2, C, Finding.LISTED_WRONGLY),
    )


async def test_entry_without_a_new_document_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(
        "INSERT INTO shelves (head, parent, kind, born, ordinal, key)"
        f" SELECT head, parent, kind, 5, 4, key FROM shelves WHERE {ENTRY}"
    )

    found = await item_differences(harness)

    assert found == (in_index(5, B, Finding.LISTED_WRONGLY),)


async def test_entry_with_a_wrong_ordinal_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute(f"UPDATE shelves SET ordinal = 5 WHERE {ENTRY}")

    found = await item_differences(harness)

    assert found == (in_index(2, B, Finding.MISCOUNTED),)


def in_index(
    position: int, key: UUID, finding: Finding, index: str = f"a under {OWNER}"
) -> Difference:
    return Difference(position=position, key=key, finding=finding, detail=index)
