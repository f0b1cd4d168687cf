"""One window for all groups of a cycle: the gate, and the report (DOMAIN row 37)."""

from dataclasses import replace

import pytest

from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.refusals import OverrideRequired
from intersessional.domain.policy.commands import SetPolicy
from intersessional.domain.policy.policy_form import COMMENT_WINDOW_TOLERANCE
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


OBSERVED = """{ cycle(year: 2016) {
    due: windowSpread { windows days tolerance beyondTolerance }
    observed: windowSpread(observed: true) { windows min max days short tolerance beyondTolerance }
    groups(first: 9) { nodes { commentWindow { daysBefore daysBeforeByRule } } } } }"""


async def test_days_of_a_source_count_as_they_are_named_and_a_tolerance_judges_them(
    database_url: str,
) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        told = await PluginScenario(system=system, year=2016).at("2016").begin()
        forum, connecting = await told.establish("A forum", "Connecting")
        await told.confirm("2016-12-06", "2016-12-09", "America/Mexico_City")
        await told.at("2016-11-02").opening(forum)
        await told.at("2016-11-29").opening(connecting)
        without = (await system.query(OBSERVED))["cycle"]
        rule = OutcomeChoice(set_policy=SetPolicy(key=COMMENT_WINDOW_TOLERANCE, days=14))
        await system.submit(replace(told.decision(), outcomes=(rule,)))
        judged = (await system.query(OBSERVED))["cycle"]

    windows = [one["commentWindow"] for one in judged["groups"]["nodes"]]
    assert windows == [
        {"daysBefore": 34, "daysBeforeByRule": 42},
        {"daysBefore": 7, "daysBeforeByRule": 42},
    ]
    assert without["observed"]["tolerance"] is without["observed"]["beyondTolerance"] is None
    assert judged["due"] == {"windows": 2, "days": 0, "tolerance": 14, "beyondTolerance": 0}
    assert judged["observed"] == {
        "windows": 2,
        "min": 7,
        "max": 34,
        "days": 27,
        "short": 2,
        "tolerance": 14,
        "beyondTolerance": 1,
    }
