"""A sink's membership in a shared subscription."""

from collections.abc import Callable

from intersessional.graphql.subscriptions.shared_subscription import SharedSubscription


class SinkMembership:
    """Reports how far the sink has come, and ends its subscription."""

    def __init__(self, subscription: SharedSubscription, leave: Callable[[], None]) -> None:
        """``leave`` removes the sink."""
        self._subscription = subscription
        self.leave = leave

    @property
    def position(self) -> int:
        """Every payload up to this position was sent to the sink."""
        return self._subscription.position
