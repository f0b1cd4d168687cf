"""Folding everything again finds whatever is stored and was not folded so."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from intersessional.infra.read_models.replay.comparison import DIFFERENCES_MAX
from intersessional.infra.read_models.replay.differences import Difference, Finding
from intersessional.infra.read_models.replay.replay import Replay, ViewReplay
from intersessional.projections.kernel.recorded_event import RecordedEvent
from tests.infra.read_models.tampering import OF_THINGS, STRANGER, A, a_history, differences
from tests.infra.read_models.things import TALLY, THINGS, Story, ThingDocument
from tests.infra.read_models.world import World, eventually


@pytest.mark.parametrize(
    ("chunk", "kept_bytes_max"), [(1, 0), (3, 0), (3, 1_500), (7, 0), (100, 1_000_000)]
)
async def test_what_was_folded_from_the_record_agrees_with_it(
    world: World, chunk: int, kept_bytes_max: int
) -> None:
    await a_history(world)

    replayed = await world.replay(THINGS, TALLY, chunk=chunk, kept_bytes_max=kept_bytes_max)

    assert replayed == Replay(
        views=(
            ViewReplay(
                view="things",
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
        (4, "key", f"'{STRANGER}'"),
        (1, "key", f"'{STRANGER}'"),
        (1, "born", "2"),
        (4, "begins", "begins - interval '1 second'"),
        (7, "ends", "ends + interval '1 microsecond'"),
        (1, "begun_by", "'infinity'"),
        (4, "settled_by", "'-infinity'"),
    ],
)
async def test_a_document_that_was_tampered_with_is_found_alone(
    world: World, position: int, column: str, value: str
) -> None:
    await a_history(world)
    await world.server.execute(
        f"UPDATE documents SET {column} = {value} WHERE {OF_THINGS} AND position = {position}"
    )

    found = await differences(world)

    assert found == (Difference(position=position, key=A, finding=Finding.OTHER, detail=column),)


@pytest.mark.parametrize("position", [1, 4, 7])
async def test_a_document_that_is_missing_is_found(world: World, position: int) -> None:
    await a_history(world)
    await world.server.execute(f"DELETE FROM documents WHERE {OF_THINGS} AND position = {position}")

    found = await differences(world)

    assert found == (Difference(position=position, key=A, finding=Finding.MISSING),)


@pytest.mark.parametrize("position", [-1, 0, 8, 1_000_000])
async def test_a_document_where_nothing_happened_is_one_too_many(
    world: World, position: int
) -> None:
    await a_history(world)
    await copy_document(world, 7, to=position)

    found = await differences(world)

    assert found == (Difference(position=position, key=A, finding=Finding.TOO_MANY),)


async def test_a_document_of_an_event_that_does_not_concern_the_view_is_one_too_many(
    world: World,
) -> None:
    odd = replace(THINGS, key=_key_of_odd_ones)
    story = Story()
    async with world.projecting(odd) as reader:
        await world.record(story.begun(A, 1), story.changed(A, 2), story.changed(A, 3))
        await reader.reached(await world.record(story.changed(A, 4), story.changed(A, 5)))
    await copy_document(world, 1, to=2)

    [view] = (await world.replay(odd, chunk=1, kept_bytes_max=0)).views

    assert view.differences == (Difference(position=2, key=A, finding=Finding.TOO_MANY),)
    assert (view.events, view.documents, view.states) == (3, 1, 3)


async def test_a_fold_that_changed_without_its_version_is_found_in_all_it_made(
    world: World,
) -> None:
    changed = replace(THINGS, evolve=_doubled)
    async with world.projecting(THINGS) as reader:
        events = [Story().begun(uuid4(), 1) for _ in range(DIFFERENCES_MAX + 20)]
        await reader.reached(await world.record(*events))

    [view] = (await world.replay(changed, chunk=7)).views

    assert len(view.differences) == view.position == DIFFERENCES_MAX
    assert {one.finding for one in view.differences} == {Finding.OTHER}


async def test_a_fold_that_fails_now_is_found_and_ends_there(world: World) -> None:
    await a_history(world)

    [things, tally] = (await world.replay(replace(THINGS, evolve=_failing), TALLY)).views

    assert things.differences == (
        Difference(
            position=5, key=None, finding=Finding.NOT_FOLDED, detail="ZeroDivisionError: no five"
        ),
    )
    assert (things.position, things.states) == (4, 4)
    assert (tally.position, tally.differences) == (7, ())


async def test_a_view_that_had_stopped_is_compared_as_far_as_it_came(world: World) -> None:
    story = Story()
    failing = replace(THINGS, evolve=_failing)
    async with world.projecting(failing, TALLY) as reader:
        events = [story.begun(A, 1), *(story.changed(A, n) for n in range(6))]
        await reader.reached(await world.record(*events))

    replayed = await world.replay(failing, TALLY)

    [things, tally] = replayed.views
    assert (things.position, things.stopped_at, things.reason) == (
        4,
        5,
        "ZeroDivisionError: no five",
    )
    assert tally.position == 7
    assert replayed.agrees


async def test_a_view_that_claims_more_than_was_recorded_is_found(world: World) -> None:
    await a_history(world)
    await world.server.execute("UPDATE view_heads SET position = 9 WHERE view = 'things'")

    found = await differences(world)

    assert found == (Difference(position=8, key=None, finding=Finding.NO_EVENT),)


async def test_a_view_that_is_not_built_is_told_and_does_not_agree(world: World) -> None:
    await a_history(world)

    replayed = await world.replay(replace(THINGS, version=2), TALLY)

    assert replayed.unbuilt == ("things",)
    assert [view.view for view in replayed.views] == ["tally"]
    assert not replayed.agrees


async def test_views_may_move_while_they_are_compared(world: World) -> None:
    async with world.projecting(THINGS, TALLY) as reader:
        await reader.reached(await world.record(*(Story().begun(uuid4(), 1) for _ in range(50))))

        async def replay_until_the_record_has_grown() -> bool:
            assert (await world.replay(THINGS, TALLY, chunk=10)).agrees
            await world.record(Story().begun(uuid4(), 1))
            return await reader.position() > 60

        await eventually(replay_until_the_record_has_grown)


async def copy_document(world: World, position: int, *, to: int) -> None:
    """Store a state of a thing once more, as if another event had left it."""
    await world.server.execute(
        "INSERT INTO documents (head, position, key, born, begins, ends, begun_by, settled_by,"
        f" document) SELECT head, {to}, key, born, begins, ends, begun_by, settled_by, document"
        f" FROM documents WHERE {OF_THINGS} AND position = {position}"
    )


def _key_of_odd_ones(recorded: RecordedEvent) -> UUID | None:
    return recorded.stream if recorded.position % 2 else None


def _doubled(thing: ThingDocument | None, recorded: RecordedEvent) -> ThingDocument | None:
    after = THINGS.evolve(thing, recorded)
    return None if after is None else replace(after, amounts=after.amounts * 2)


def _failing(thing: ThingDocument | None, recorded: RecordedEvent) -> ThingDocument | None:
    if recorded.position == 5:
        raise ZeroDivisionError("no five")
    return THINGS.evolve(thing, recorded)
