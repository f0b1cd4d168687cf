"""A group consults while its comment window is open (DOMAIN A3)."""

from intersessional.plugins.comment_window import plugin
from intersessional.plugins.testing import Clock
from tests.plugins.scenario import PluginScenario
from tests.plugins.system import running

BEFORE, INSIDE = "2027-03-01T12:00:00Z", "2027-11-01T12:00:00Z"


async def test_group_consults_while_its_window_is_open(database_url: str) -> None:
    clock = Clock(BEFORE)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        [one] = await scenario.establish("One")

        async def consulting() -> bool:
            query = "query ($id: ID!) { group(id: $id) { consulting } }"
            return bool((await system.query(query, id=str(one)))["group"]["consulting"])

        without_days = await consulting()
        await scenario.confirm("2027-11-15", "2027-11-19")
        scheduled = await consulting()
        clock.set(INSIDE)
        await scenario.weeks(2)

        assert (without_days, scheduled, await consulting()) == (False, False, True)
