"""Some groups, and what is watched in them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from intersessional.graphql.subscriptions.membership import Membership
from intersessional.graphql.subscriptions.shared_subscriptions import SharedSubscriptions
from intersessional.graphql.subscriptions.sink import Sink
from tests.graphql.subscriptions.script import WAIT_MAX_S, Script, Watcher


class Room:
    """Some groups, and what is watched in them."""

    def __init__(self, groups: SharedSubscriptions, script: Script) -> None:
        self.groups = groups
        self.script = script

    async def join(self, watcher: Sink, after: int, key: str | None = "key") -> Membership:
        """Let someone watch after a position."""
        async with asyncio.timeout(WAIT_MAX_S):
            return await self.groups.join(
                key, lambda: self.script.watched, watcher, after, lambda: self.script.head
            )

    async def all_seen(self, watcher: Watcher, after: int) -> None:
        """Wait until someone has what there is, and see that it is just that."""
        expected = self.script.concerning(after, self.script.head)
        await watcher.until(lambda watcher: len(watcher.seen) >= len(expected))
        assert watcher.seen == expected


@asynccontextmanager
async def a_room(
    script: Script, *, groups_max: int = 100, linger_s: float = 60
) -> AsyncGenerator[Room]:
    async with SharedSubscriptions(subscriptions_max=groups_max, linger_s=linger_s) as groups:
        yield Room(groups, script)


async def settle() -> None:
    """Let everything go on that can."""
    for _ in range(20):
        await asyncio.sleep(0)
