"""Two servers work on one record."""

import asyncio
from contextlib import aclosing
from typing import Any

from intersessional.infra.client.audit_trail import follow
from intersessional.infra.client.client_socket import socket_url
from tests.journeys.api_client import HEAD, Api, signed_in
from tests.journeys.live_server import serving
from tests.recorded import Recorded

EACH = 20


async def comments(url: str, after: int) -> list[dict[str, Any]]:
    """All comments after a position, as a subscriber of this server gets them."""
    seen: list[dict[str, Any]] = []
    async with aclosing(follow(socket_url(url), after, lambda _: None)) as entries:
        async for entry in entries:
            if entry["name"] == "Comment.Posted":
                seen.append(dict(entry))
            if len(seen) == 2 * EACH:
                break
    return seen


async def comment(api: Api) -> list[int]:
    """Post comments; returns their positions."""
    return [(await api.comment(f"Number {number}."))["position"] for number in range(EACH)]


async def test_subscribers_of_two_servers_see_all_events_in_one_order(
    recorded: Recorded,
) -> None:
    async with (
        serving(recorded) as one,
        serving(recorded) as other,
        signed_in(one.url, recorded) as at_one,
        signed_in(other.url, recorded) as at_other,
        asyncio.timeout(60),
    ):
        after = (await at_one.ask(HEAD))["headPosition"]

        *seen, posted, posted_at_other = await asyncio.gather(
            comments(one.url, after),
            comments(other.url, after),
            comment(at_one),
            comment(at_other),
        )

        assert seen[0] == seen[1]
        assert [entry["position"] for entry in seen[0]] == sorted(posted + posted_at_other)
        assert posted == sorted(posted)
        assert posted_at_other == sorted(posted_at_other)
