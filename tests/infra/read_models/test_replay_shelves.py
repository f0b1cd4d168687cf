"""Folding everything again finds whatever a shelf lists otherwise than it was folded."""

from uuid import UUID

from intersessional.infra.read_models.replay.differences import Difference, Finding
from tests.infra.read_models.tampering import (
    OF_THINGS,
    OWNER,
    STRANGER,
    B,
    C,
    a_history,
    differences,
)
from tests.infra.read_models.world import World

THE_ENTRY = f"{OF_THINGS} AND kind = 'a' AND born = 2"


async def test_an_entry_that_is_missing_on_its_shelf_is_found(world: World) -> None:
    await a_history(world)
    await world.server.execute(f"DELETE FROM shelves WHERE {THE_ENTRY}")

    found = await differences(world)

    assert found == (on_shelf(2, B, Finding.NOT_LISTED),)


async def test_an_entry_on_another_shelf_is_found_on_both(world: World) -> None:
    await a_history(world)
    await world.server.execute(f"UPDATE shelves SET parent = '{STRANGER}' WHERE {THE_ENTRY}")

    found = await differences(world)

    assert found == (
        on_shelf(2, B, Finding.NOT_LISTED),
        on_shelf(2, B, Finding.LISTED_WRONGLY, f"a under {STRANGER}"),
    )


async def test_an_entry_that_names_another_document_is_found(world: World) -> None:
    await a_history(world)
    await world.server.execute(f"UPDATE shelves SET key = '{C}' WHERE {THE_ENTRY}")

    found = await differences(world)

    assert found == (
        on_shelf(2, B, Finding.NOT_LISTED),
        on_shelf(2, C, Finding.LISTED_WRONGLY),
    )


async def test_an_entry_of_nothing_is_found(world: World) -> None:
    await a_history(world)
    await world.server.execute(
        "INSERT INTO shelves (head, parent, kind, born, ordinal, key)"
        f" SELECT head, parent, kind, 5, 4, key FROM shelves WHERE {THE_ENTRY}"
    )

    found = await differences(world)

    assert found == (on_shelf(5, B, Finding.LISTED_WRONGLY),)


async def test_an_entry_that_counts_wrongly_is_found(world: World) -> None:
    await a_history(world)
    await world.server.execute(f"UPDATE shelves SET ordinal = 5 WHERE {THE_ENTRY}")

    found = await differences(world)

    assert found == (on_shelf(2, B, Finding.MISCOUNTED),)


def on_shelf(
    position: int, key: UUID, finding: Finding, shelf: str = f"a under {OWNER}"
) -> Difference:
    return Difference(position=position, key=key, finding=finding, detail=shelf)
