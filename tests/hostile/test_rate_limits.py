"""More than is allowed is refused with the time at which it is allowed again."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any

import pytest
import pytest_asyncio
from httpx import Response

from intersessional.domain.kernel.act import Role
from tests.graphql.client import plain_http
from tests.graphql.events import events
from tests.graphql.server import Server, serving
from tests.graphql.socket import open_socket

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADDRESS_POINTS = 1_800
"""A minute; a third of them may be spent at once, for two executions of CYCLES."""
CYCLES = "{ cycles(first: 100) { nodes { year } } }"
LIVE = "subscription { auditTrail { position } }"
ELSEWHERE = {"X-Forwarded-For": "192.0.2.7"}


@pytest_asyncio.fixture(loop_scope="session")
async def limited(database: str) -> AsyncGenerator[Server]:
    """A node whose addresses have few points, behind a proxy on this machine."""
    async with serving(
        database,
        INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1",
        INTERSESSIONAL_ADDRESS_POINTS_PER_MINUTE_MAX=ADDRESS_POINTS,
    ) as node:
        await node.caught_up()
        yield node


async def ask(
    server: Server, count: int = 1, headers: Mapping[str, str] | None = None, query: str = CYCLES
) -> list[Response]:
    """Ask the same again and again."""
    async with plain_http(headers) as http:
        return [await http.post(server.url, json={"query": query}) for _ in range(count)]


async def spend(server: Server) -> Response:
    """Spend all points of an address, and those of the next minutes; answers the refusal."""
    await ask(server, query=f"{CYCLES} # {'never seen ' * 8_000}")
    [refused] = await ask(server)
    return refused


def error_of(response: Response) -> dict[str, Any]:
    error: dict[str, Any] = response.json()["errors"][0]
    return error


async def test_address_that_has_spent_its_points_is_told_when_there_are_more(
    limited: Server,
) -> None:
    refused = await spend(limited)

    assert refused.status_code == 429
    assert error_of(refused)["extensions"]["code"] == "RATE_LIMITED"
    retry_ms = error_of(refused)["extensions"]["retryAfterMs"]
    assert 0 < retry_ms <= 1_000 * int(refused.headers["Retry-After"])


async def test_others_are_answered_while_an_address_is_refused(limited: Server) -> None:
    await spend(limited)

    async with await limited.client(Role.COMMENTER) as person:
        assert (await person.post(CYCLES)).status_code == 200
    [elsewhere] = await ask(limited, headers=ELSEWHERE)
    assert elsewhere.status_code == 200


async def test_operation_on_a_socket_is_refused_and_its_subscriptions_go_on(
    limited: Server,
) -> None:
    async with open_socket(limited.url) as socket, await limited.client(Role.SECRETARIAT) as person:
        await socket.introduce()
        await socket.subscribe("live", LIVE)
        # A new document waits for its turn: what comes after it is answered after it has begun.
        await socket.subscribe("after", "{ __typename }")
        assert [(await socket.receive())["id"] for _ in range(2)] == ["after"] * 2
        await spend(limited)

        await socket.subscribe("more", CYCLES)
        [error] = await socket.error("more")
        await person.do("openCycle", year=2101)

        assert error["extensions"]["code"] == "RATE_LIMITED"
        assert error["extensions"]["retryAfterMs"] > 0
        assert (await socket.next("live"))["auditTrail"]["position"] > 0


async def test_watcher_of_the_past_pays_for_each_event_that_is_shown(
    limited: Server,
) -> None:
    async with await limited.client(Role.SECRETARIAT) as person:
        for year in range(3_000, 3_060):
            await person.do("openCycle", year=year)
    await limited.caught_up()
    fields = " ".join(f"a{number}: topic" for number in range(45))
    async with open_socket(limited.url) as socket:
        await socket.introduce()
        await socket.subscribe("past", f"subscription {{ auditTrail(after: 0) {{ {fields} }} }}")
        for _ in range(60):
            await socket.next("past")
        await socket.subscribe("more", "{ headPosition }")
        while (message := await socket.receive())["id"] != "more":
            pass

    # To begin it costs less than may be spent at once.
    assert message["payload"][0]["extensions"]["code"] == "RATE_LIMITED"


async def test_answers_from_the_cache_pay_for_no_execution(limited: Server) -> None:
    answers = await ask(limited, 10)

    # An execution pays more than may be spent at once.
    assert {answer.status_code for answer in answers} == {200}


async def test_tokens_that_are_refused_are_paid_by_their_address(limited: Server) -> None:
    forged = {"Authorization": "Bearer not.a.token"}
    statuses = [one.status_code for one in await ask(limited, 60, forged)]

    assert statuses[0] == 401
    assert 429 in statuses


async def test_browser_whose_stream_is_refused_reconnects_later(limited: Server) -> None:
    await spend(limited)

    async with await limited.client() as client, events(client, LIVE, get=True) as stream:
        assert stream.response.status_code == 200
        await stream.end()
        assert "RATE_LIMITED" in stream.comments[0]
        assert stream.retry_ms
        assert stream.retry_ms > 1_000
