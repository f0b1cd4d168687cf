"""How many different subscriptions each connection, person and address may run on a node."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.subscriptions.subscriber import Subscriber

CONNECTION_SHARE = 16
"""One connection may run a 16th of what the node runs,"""
OWNER_SHARE = 8
"""a person, or an address of those not signed in, an 8th,"""
ANONYMOUS_SHARE = 4 / 3
"""and all who are not signed in together three quarters."""


@dataclass(frozen=True, slots=True)
class _Share:
    key: Hashable
    of: str
    share_max: int


class SubscriptionShares:
    """Counts each running subscription for one subscriber who has room for it.

    To join one that runs already costs nothing.
    """

    def __init__(self, subscriptions_max: int) -> None:
        """``subscriptions_max`` is what the node runs."""
        self._connection_max = max(1, subscriptions_max // CONNECTION_SHARE)
        self._owner_max = max(1, subscriptions_max // OWNER_SHARE)
        self._anonymous_max = max(1, int(subscriptions_max / ANONYMOUS_SHARE))
        self._running: Counter[Hashable] = Counter()

    def __len__(self) -> int:
        """The number of those for whom something is counted."""
        return len(self._running)

    def check(self, subscriber: Subscriber) -> None:
        """Raise BadRequest where the subscriber runs as many subscriptions as it may."""
        share = self._full_share(subscriber)
        if share is not None:
            raise BadRequest(
                "TOO_MANY_SUBSCRIPTIONS",
                f"{share.of} runs as many different subscriptions here as it may "
                f"({share.share_max}): end one, or join one that others run.",
                max=share.share_max,
            )

    def with_room(self, subscribers: Iterable[Subscriber]) -> Subscriber | None:
        """The first of them who may run one more."""
        return next((one for one in subscribers if self._full_share(one) is None), None)

    def add(self, subscriber: Subscriber) -> None:
        """Count one more."""
        self._running.update(share.key for share in self._shares(subscriber))

    def remove(self, subscriber: Subscriber) -> None:
        """Count one less."""
        for share in self._shares(subscriber):
            self._running[share.key] -= 1
            if not self._running[share.key]:
                del self._running[share.key]

    def _full_share(self, subscriber: Subscriber) -> _Share | None:
        shares = self._shares(subscriber)
        return next((one for one in shares if self._running[one.key] >= one.share_max), None)

    def _shares(self, subscriber: Subscriber) -> Iterator[_Share]:
        yield _Share(("connection", subscriber.connection), "A connection", self._connection_max)
        if subscriber.person is not None:
            yield _Share(("person", subscriber.person), "A person", self._owner_max)
            return
        yield _Share(("address", subscriber.address), "An address", self._owner_max)
        # Places are kept for those who sign in.
        yield _Share("anonymous", "Everyone who is not signed in", self._anonymous_max)
