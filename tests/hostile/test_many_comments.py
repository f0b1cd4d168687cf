"""Many comments by one person: the next ones are refused, and nobody else's are."""

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.client import Client
from tests.graphql.scenario import forum_scenario, new_id
from tests.graphql.server import serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSED = "... on TooMany { max nextAt }"


async def post(client: Client, draft: str, **fields: object) -> dict[str, object]:
    given = {"draft": draft, "body": "Well said.", **fields}
    answer: dict[str, object] = await client.send("postComment", given, refusals=REFUSED)
    return answer


async def test_comments_past_the_limit_are_refused_with_the_time_of_the_next(
    database: str,
) -> None:
    async with (
        serving(database, INTERSESSIONAL_COMMENTS_PER_MINUTE_MAX=2) as server,
        forum_scenario(server) as forum,
        await server.client(Role.COMMENTER, "Bo") as other,
    ):
        draft = await forum.publish(await forum.establish())
        first = {"commandId": new_id()}
        assert "code" not in await post(forum.commenter, draft, **first)
        assert "code" not in await post(forum.commenter, draft)
        position = await server.caught_up()

        refused = await post(forum.commenter, draft)

        assert (refused["code"], refused["max"]) == ("TOO_MANY", 2)
        assert "2 comments a minute" in str(refused["message"])
        assert str(refused["nextAt"]) > "2026"
        assert await server.caught_up() == position
        assert (await post(forum.commenter, draft, **first))["repeated"]
        assert "code" not in await post(other, draft)


async def test_comments_that_the_secretariat_enters_for_others_are_not_limited(
    database: str,
) -> None:
    async with (
        serving(database, INTERSESSIONAL_COMMENTS_PER_MINUTE_MAX=1) as server,
        forum_scenario(server) as forum,
    ):
        draft = await forum.publish(await forum.establish())
        spoken = {"channel": "IN_SESSION", "attribution": {"speaker": "Ana", "source": "Notes."}}

        answers = [await post(forum.secretariat, draft, **spoken) for _ in range(3)]

        assert not any("code" in answer for answer in answers)
