"""The windows of 2018, inferred from the dates of the annual meeting in Paris."""

from typing import Any

from intersessional.infra.history import HISTORY
from intersessional.infra.importer import import_history, read_history
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.testing import Clock, RunningSystem
from tests.plugins.system import running

TODAY = "2026-11-24T12:00:00Z"
OPENS, CLOSES = "2018-09-30T22:00:00.000000Z", "2018-11-14T23:00:00.000000Z"

_WINDOWS = """query ($asOf: AsOfInput) { cycle(year: 2018, asOf: $asOf) {
    groups(kind: "BPF", first: 10) {
    nodes { commentWindow {
        state opensAt closesAt opensOn closesOn daysBefore opened { at } closed { at }
        uncertain { name } firstEvent { occurred { at } provenance { ground } }
        cause { name occurred { at } } } } } } }"""


async def import_2018(system: RunningSystem) -> int:
    """Record the history of 2018 in one append; returns its last position."""
    histories = [read_history(path) for path in HISTORY]
    command_bus, answers = system.backend.command_bus, system.backend.composition.command_handlers
    return (await import_history(command_bus, histories, answers)).position


async def windows(system: RunningSystem, **as_of: str) -> list[dict[str, Any] | None]:
    """The windows of the Best Practice Forums."""
    answer = await system.query(_WINDOWS, asOf=as_of)
    return [group["commentWindow"] for group in answer["cycle"]["groups"]["nodes"]]


async def test_windows_of_the_forums_were_due_from_1_october_to_the_end_in_paris(
    database_url: str,
) -> None:
    async with running(database_url, Clock(TODAY), plugin) as system:
        position = await import_2018(system)

        found = await windows(system)

        assert await system.caught_up() == position
        assert (
            found
            == [
                {
                    "state": "SCHEDULED",
                    "opensAt": OPENS,
                    "closesAt": CLOSES,
                    "opensOn": "2018-10-01",
                    "closesOn": "2018-11-14",
                    "daysBefore": 42,
                    "opened": None,
                    "closed": None,
                    "uncertain": [],
                    "firstEvent": {
                        "occurred": {"at": "2018-05-01/2018-07-17"},
                        "provenance": {"ground": "INFERRED"},
                    },
                    "cause": {
                        "name": "AnnualMeeting.Confirmed",
                        "occurred": {"at": "2018-04-05/2018-07-17"},
                    },
                }
            ]
            * 4
        )


async def test_forums_and_the_cenb_of_2018_have_one_window_and_working_groups_none(
    database_url: str,
) -> None:
    async with running(database_url, Clock(TODAY), plugin) as system:
        await import_2018(system)

        answer = await system.query(
            """{ cycle(year: 2018) { groups(first: 50) { nodes {
                kind { key } commentWindow { opensAt closesAt state } } } } }"""
        )

        due = {"opensAt": OPENS, "closesAt": CLOSES, "state": "SCHEDULED"}
        found = [
            (group["kind"]["key"], group["commentWindow"])
            for group in answer["cycle"]["groups"]["nodes"]
        ]
        assert sorted(found, key=str) == sorted(
            [("BPF", due)] * 4 + [("CENB", due)] + [("WORKING_GROUP", None)] * 5, key=str
        )


async def test_window_of_2018_is_due_as_of_any_instant_since_paris_was_confirmed(
    database_url: str,
) -> None:
    async with running(database_url, Clock(TODAY), plugin) as system:
        await import_2018(system)

        async def stood(occurred: str) -> list[object]:
            found = await windows(system, occurred=occurred)
            return [window and window["state"] for window in found]

        assert await stood("2018-04-05T00:00:00Z") == []
        assert await stood("2018-06-15T00:00:00Z") == [None] * 4
        for instant in ("2018-07-18T00:00:00Z", "2018-10-15T00:00:00Z", "2018-11-14T23:00:00Z"):
            assert await stood(instant) == ["SCHEDULED"] * 4


async def test_the_same_history_again_records_nothing(database_url: str) -> None:
    async with running(database_url, Clock(TODAY), plugin) as system:
        position = await import_2018(system)
    async with running(database_url, Clock(TODAY), plugin) as system:
        await import_2018(system)

        assert await system.caught_up() == position
