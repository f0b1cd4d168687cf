"""A window whose days are corrected after they were announced (DOMAIN row 47)."""

from typing import Any
from uuid import uuid4

from intersessional.domain.correction.commands import CorrectFact, FieldCorrection
from intersessional.domain.kernel.ids import annual_meeting_id, cycle_id
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.testing import Clock
from tests.plugins.scenario import PluginScenario
from tests.plugins.system import running

NOW = "2027-03-01T12:00:00Z"


async def test_window_stands_and_says_that_its_days_were_corrected_later(
    database_url: str,
) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        query = """query ($id: ID!) { node(id: $id) { ... on CommentWindow { closesOn
            restsOnCorrected { corrects { topic } changes { name before after } } } } }"""

        async def window() -> Any:
            return (await system.query(query, id=str(window_id(one, cycle_id(2027)))))["node"]

        async def correct(field: str, value: str) -> None:
            await system.submit(
                CorrectFact(
                    command_id=uuid4(),
                    stream=annual_meeting_id(2027),
                    version=2,
                    changes=(FieldCorrection(field=field, value=value),),
                    reason="The source was misread.",
                )
            )

        before = await window()
        await correct("place", "Elsewhere")
        of_the_place = await window()
        await correct("ends_on", "2027-11-18")

        assert before == of_the_place == {"closesOn": "2027-11-19", "restsOnCorrected": []}
        changes = [{"name": "ends_on", "before": "2027-11-19", "after": "2027-11-18"}]
        assert await window() == {
            "closesOn": "2027-11-19",
            "restsOnCorrected": [
                {"corrects": {"topic": "annual_meeting.confirmed.v1"}, "changes": changes}
            ],
        }
