"""One window for all groups of a cycle: the gate, and the report (DOMAIN row 37)."""

from dataclasses import replace

import pytest

from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.refusals import OverrideRequired
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.testing import Clock
from tests.plugins.scenario import PluginScenario
from tests.plugins.system import running

NOW = "2027-03-01T12:00:00Z"
SPREAD = """{ cycle(year: 2027) {
    windowSpread { windows min max days short }
    observed: windowSpread(observed: true) { days }
    deviations(rule: "WINDOW_WEEKS_SHARED") { nodes {
        strength rationale subject { __typename } facts { name number } } } } }"""


async def test_another_number_of_weeks_needs_an_override_and_is_reported(
    database_url: str,
) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        silent = replace(scenario.decision("One", "Two", weeks=4), overrides=())

        with pytest.raises(OverrideRequired) as refused:
            await system.submit(silent)
        before = (await system.query(SPREAD))["cycle"]
        await scenario.establish("One", "Two", weeks=4)
        await scenario.confirm("2027-11-15", "2027-11-19")
        after = (await system.query(SPREAD))["cycle"]

    assert refused.value.rule == "WINDOW_WEEKS_SHARED"
    assert refused.value.facts == (Fact("weeks", number=4), Fact("weeks_by_rule", number=6))
    assert before == {"windowSpread": None, "observed": None, "deviations": {"nodes": []}}
    assert after == {
        "windowSpread": {"windows": 2, "min": 28, "max": 28, "days": 0, "short": 2},
        "observed": None,
        "deviations": {
            "nodes": [
                {
                    "strength": "GATE",
                    "rationale": "The year is short.",
                    "subject": {"__typename": "Policy"},
                    "facts": [
                        {"name": "weeks", "number": 4},
                        {"name": "weeks_by_rule", "number": 6},
                    ],
                }
            ]
        },
    }
