"""Replay finds every stored document that differs from the fold of the log."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from intersessional.infra.read_models.replay.comparison import DIFFERENCES_MAX
from intersessional.infra.read_models.replay.differences import Difference, Finding
from intersessional.infra.read_models.replay.replay import Replay, ViewReplay
from intersessional.projections.kernel.recorded_event import RecordedEvent
from tests.infra.read_models.harness import ReadModelHarness, eventually
from tests.infra.read_models.item_views import ITEMS, TALLY, ItemDocument, ItemEvents
from tests.infra.read_models.tampering import (
    OF_ITEMS,
    UNKNOWN_ID,
    A,
    item_differences,
    record_three_items,
)


@pytest.mark.parametrize(
    ("chunk_events", "cache_bytes_max"), [(1, 0), (3, 0), (3, 1_500), (7, 0), (100, 1_000_000)]
)
async def test_views_folded_from_the_log_agree_with_it(
    harness: ReadModelHarness, chunk_events: int, cache_bytes_max: int
) -> None:
    await record_three_items(harness)

    replayed = await harness.replay(
        ITEMS, TALLY, chunk_events=chunk_events, cache_bytes_max=cache_bytes_max
    )

    assert replayed == Replay(
        views=(
            ViewReplay(
                view="items",
                version=1,
                position=7,
                events=7,
                documents=3,
                states=7,
                stopped_at=None,
                reason=None,
                differences=(),
            ),
            ViewReplay(
                view="tally",
                version=1,
                position=7,
                events=7,
                documents=1,
                states=7,
                stopped_at=None,
                reason=None,
                differences=(),
            ),
        ),
        unbuilt=(),
    )
    assert replayed.agrees


@pytest.mark.parametrize(
    ("position", "column", "value"),
    [
        (1, "document", "'{}'"),
        (4, "document", "convert_to(replace(convert_from(document, 'UTF8'), '[1', '[9'), 'UTF8')"),
        (7, "document", "'no json'"),
        (1, "born", "2"),
        (4, "begins", "begins - interval '1 second'"),
        (7, "ends", "ends + interval '1 microsecond'"),
        (1, "begun_by", "'infinity'"),
        (4, "settled_by", "'-infinity'"),
        (4, "placed_by", "NULL"),
        (1, "latest_begins", "'infinity'"),
    ],
)
async def test_document_that_was_tampered_with_is_found_alone(
    harness: ReadModelHarness, position: int, column: str, value: str
) -> None:
    await record_three_items(harness)
    await harness.server.execute(
        f"UPDATE documents SET {column} = {value} WHERE {OF_ITEMS} AND position = {position}"
    )

    found = await item_differences(harness)

    assert found == (Difference(position=position, key=A, finding=Finding.DIFFERS, detail=column),)


@pytest.mark.parametrize("position", [1, 4, 7])
async def test_document_under_another_key_is_missing_and_unexpected(
    harness: ReadModelHarness, position: int
) -> None:
    await record_three_items(harness)
    await harness.server.execute(
        f"UPDATE documents SET key = '{UNKNOWN_ID}' WHERE {OF_ITEMS} AND position = {position}"
    )

    found = await item_differences(harness)

    assert found == (
        Difference(position=position, key=A, finding=Finding.MISSING),
        Difference(position=position, key=UNKNOWN_ID, finding=Finding.UNEXPECTED),
    )


@pytest.mark.parametrize("position", [1, 4, 7])
async def test_missing_document_is_found(harness: ReadModelHarness, position: int) -> None:
    await record_three_items(harness)
    await harness.server.execute(
        f"DELETE FROM documents WHERE {OF_ITEMS} AND position = {position}"
    )

    found = await item_differences(harness)

    assert found == (Difference(position=position, key=A, finding=Finding.MISSING),)


@pytest.mark.parametrize("position", [-1, 0, 8, 1_000_000])
async def test_document_at_a_position_without_an_event_is_unexpected(
    harness: ReadModelHarness, position: int
) -> None:
    await record_three_items(harness)
    await copy_document(harness, 7, to=position)

    found = await item_differences(harness)

    assert found == (Difference(position=position, key=A, finding=Finding.UNEXPECTED),)


async def test_document_of_an_event_that_does_not_concern_the_view_is_unexpected(
    harness: ReadModelHarness,
) -> None:
    odd = replace(ITEMS, keys=_keys_of_odd_ones)
    item_events = ItemEvents()
    async with harness.run_projector(odd) as reader:
        await harness.record(
            item_events.begun(A, 1), item_events.changed(A, 2), item_events.changed(A, 3)
        )
        await reader.wait_until_reached(
            await harness.record(item_events.changed(A, 4), item_events.changed(A, 5))
        )
    await copy_document(harness, 1, to=2)

    [view] = (await harness.replay(odd, chunk_events=1, cache_bytes_max=0)).views

    assert view.differences == (Difference(position=2, key=A, finding=Finding.UNEXPECTED),)
    assert (view.events, view.documents, view.states) == (3, 1, 3)


async def test_fold_changed_without_a_new_version_differs_in_every_document(
    harness: ReadModelHarness,
) -> None:
    changed = replace(ITEMS, evolve=_doubled)
    async with harness.run_projector(ITEMS) as reader:
        events = [ItemEvents().begun(uuid4(), 1) for _ in range(DIFFERENCES_MAX + 20)]
        await reader.wait_until_reached(await harness.record(*events))

    [view] = (await harness.replay(changed, chunk_events=7)).views

    assert len(view.differences) == view.position == DIFFERENCES_MAX
    assert {one.finding for one in view.differences} == {Finding.DIFFERS}


async def test_fold_that_fails_now_is_found_and_ends_there(harness: ReadModelHarness) -> None:
    await record_three_items(harness)

    [items, tally] = (await harness.replay(replace(ITEMS, evolve=_failing), TALLY)).views

    assert items.differences == (
        Difference(
            position=5, key=None, finding=Finding.NOT_FOLDED, detail="ZeroDivisionError: no five"
        ),
    )
    assert (items.position, items.states) == (4, 4)
    assert (tally.position, tally.differences) == (7, ())


async def test_stopped_view_is_compared_up_to_its_position(harness: ReadModelHarness) -> None:
    item_events = ItemEvents()
    failing = replace(ITEMS, evolve=_failing)
    async with harness.run_projector(failing, TALLY) as reader:
        events = [item_events.begun(A, 1), *(item_events.changed(A, n) for n in range(6))]
        await reader.wait_until_reached(await harness.record(*events))

    replayed = await harness.replay(failing, TALLY)

    [items, tally] = replayed.views
    assert (items.position, items.stopped_at, items.reason) == (
        4,
        5,
        "ZeroDivisionError: no five",
    )
    assert tally.position == 7
    assert not items.differences
    assert not replayed.agrees


async def test_view_beyond_the_end_of_the_log_is_found(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.server.execute("UPDATE view_heads SET position = 9 WHERE view = 'items'")

    found = await item_differences(harness)

    assert found == (Difference(position=8, key=None, finding=Finding.NO_EVENT),)


async def test_view_that_is_not_built_is_listed_and_does_not_agree(
    harness: ReadModelHarness,
) -> None:
    await record_three_items(harness)

    replayed = await harness.replay(replace(ITEMS, version=2), TALLY)

    assert replayed.unbuilt == ("items",)
    assert [view.view for view in replayed.views] == ["tally"]
    assert not replayed.agrees


async def test_views_may_move_while_they_are_compared(harness: ReadModelHarness) -> None:
    async with harness.run_projector(ITEMS, TALLY) as reader:
        await reader.wait_until_reached(
            await harness.record(*(ItemEvents().begun(uuid4(), 1) for _ in range(50)))
        )

        async def replay_until_the_record_has_grown() -> bool:
            assert (await harness.replay(ITEMS, TALLY, chunk_events=10)).agrees
            await harness.record(ItemEvents().begun(uuid4(), 1))
            return await reader.position() > 60

        await eventually(replay_until_the_record_has_grown)


async def copy_document(harness: ReadModelHarness, position: int, *, to: int) -> None:
    """Store a state of a item once more, as if another event had left it."""
    await harness.server.execute(
        "INSERT INTO documents (head, key, position, born, begins, ends, begun_by, placed_by,"
        f" settled_by, latest_begins, document) SELECT head, key, {to}, born, begins, ends,"
        " begun_by, placed_by, settled_by, latest_begins, document"
        f" FROM documents WHERE {OF_ITEMS} AND position = {position}"
    )


def _keys_of_odd_ones(recorded: RecordedEvent) -> Collection[UUID]:
    return (recorded.stream,) if recorded.position % 2 else ()


def _doubled(item: ItemDocument | None, recorded: RecordedEvent) -> ItemDocument | None:
    after = ITEMS.evolve(item, recorded)
    return None if after is None else replace(after, amounts=after.amounts * 2)


def _failing(item: ItemDocument | None, recorded: RecordedEvent) -> ItemDocument | None:
    if recorded.position == 5:
        raise ZeroDivisionError("no five")
    return ITEMS.evolve(item, recorded)
