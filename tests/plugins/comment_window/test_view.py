"""The live view, a later read as of a position, and a fresh fold of windows are equal."""

from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS
from intersessional.plugins.testing import Clock, instant
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold, page, uncertain
from intersessional.projections.kernel.view import ListKey
from tests.plugins.scenario import PluginScenario
from tests.plugins.system import running

INSTANTS = (
    "2027-05-15T00:00:00Z",
    "2027-06-15T00:00:00Z",
    "2027-07-31T23:59:59Z",
    "2027-10-24T22:00:00Z",
    "2027-12-09T12:00:00Z",
    "2027-12-10T23:00:00Z",
    "2028-01-15T00:00:00Z",
    "2030-01-01T00:00:00Z",
)


async def test_windows_as_of_any_state_are_folds_of_their_events(database_url: str) -> None:
    async with running(database_url, Clock("2031-01-01T00:00:00Z"), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        await scenario.at("2027-05").establish("One", "Two")
        await scenario.at("2027-06").confirm("2027-11-15", "2027-11-19")
        await scenario.at("2027-07").move("2027-12-06", "2027-12-10")
        await scenario.at("2027-08").establish("Three", weeks=4)
        await scenario.at("2027-12-09").move("2027-12-06", "2027-12-12")
        await scenario.at("2028-01").move("2027-12-06", "2027-12-20")
        events, head = await system.events(), await system.caught_up()
        [cycle] = {event.stream for event in events if event.topic == "cycle.opened.v1"}
        reader = system.backend.reader

        for position in range(head + 1):
            for occurred in (None, *map(instant, INSTANTS)):
                as_of = AsOf(position, occurred)
                folded = fold(COMMENT_WINDOWS, events, as_of)
                keys = fold(COMMENT_WINDOWS, events, AsOf(head)).keys()

                assert await reader.get(COMMENT_WINDOWS, keys, as_of) == folded
                listed = ListKey(cycle)
                pages = await reader.pages(COMMENT_WINDOWS, [listed], as_of, first=2)
                assert pages[listed] == page(COMMENT_WINDOWS, folded, listed, first=2)
                unsure = await reader.uncertain(COMMENT_WINDOWS, keys, as_of)
                assert unsure == uncertain(COMMENT_WINDOWS, events, as_of)
