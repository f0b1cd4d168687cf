"""The Secretariat's working screens: all read along, and who holds the role records."""

import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.page.reading import text
from tests.page.visitor import visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_index_has_what_waits_and_says_who_records(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, visiting(forum) as visitor:
        await scenario.propose()
        await scenario.raise_question()
        await forum.caught_up()

        anonymous = text((await visitor.get("/secretariat")).text)
        await visitor.post("/sign-in", {"role": "MAG_MEMBER"})
        member = text((await visitor.get("/secretariat")).text)
        await visitor.post("/sign-in", {"role": "SECRETARIAT"})
        secretariat = text((await visitor.get("/secretariat")).text)

    assert "to record, sign in" in anonymous
    assert "You hold neither role now" in member
    assert "record here" not in secretariat
    assert f"What waits in the cycle of {scenario.year}" in secretariat
    assert "submitted and not decided 1 Decisions that are proposed" in secretariat
    assert "without a full answer 1 Forums" in secretariat
