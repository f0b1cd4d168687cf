"""A server is killed while many clients comment."""

import asyncio
import signal
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.journeys.api_client import Api, signed_in
from tests.journeys.live_server import serving
from tests.ports import free_port
from tests.recorded import Recorded

WRITERS = 8
ACKNOWLEDGED_MIN = 40
TRAIL = """
query ($after: String) { auditTrail(first: 100, after: $after) {
  nodes { position topic } pageInfo { hasNextPage endCursor } } }
"""

Answers = dict[UUID, Mapping[str, Any] | None]
"""The answer to each command; None where the connection broke first."""


async def comment_until_it_breaks(api: Api, answers: Answers, enough: asyncio.Event) -> None:
    while True:
        command_id = uuid4()
        answers[command_id] = None
        try:
            answers[command_id] = await api.comment(f"As {command_id} said.", command_id)
        except httpx.TransportError:
            return
        if len(answers) >= ACKNOWLEDGED_MIN + WRITERS:
            enough.set()


async def posted_positions(api: Api) -> list[int]:
    positions: list[int] = []
    after: str | None = None
    while True:
        page = (await api.ask(TRAIL, after=after))["auditTrail"]
        for event in page["nodes"]:
            if event["topic"] == "comment.posted.v1":
                positions.append(event["position"])
        if not page["pageInfo"]["hasNextPage"]:
            return positions
        after = page["pageInfo"]["endCursor"]


async def test_acknowledged_commands_survive_a_kill_and_a_retry_gives_the_first_result(
    recorded: Recorded,
) -> None:
    port = free_port()
    answers: Answers = {}
    async with serving(recorded, port) as server, signed_in(server.url, recorded) as api:
        already = len(await posted_positions(api))
        enough = asyncio.Event()
        async with asyncio.timeout(60), asyncio.TaskGroup() as writers:
            for _ in range(WRITERS):
                writers.create_task(comment_until_it_breaks(api, answers, enough))
            await enough.wait()
            await server.end(signal.SIGKILL)

        async with serving(recorded, port):
            again = {each: await api.comment(f"As {each} said.", each) for each in answers}

            acknowledged = {each: first for each, first in answers.items() if first is not None}
            assert len(acknowledged) >= ACKNOWLEDGED_MIN
            for command_id, first in acknowledged.items():
                assert again[command_id] == {**first, "repeated": True}
            assert len(await posted_positions(api)) == already + len(answers)
