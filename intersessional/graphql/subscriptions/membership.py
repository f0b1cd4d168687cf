"""A watcher's place in a group."""

from collections.abc import Callable

from intersessional.graphql.subscriptions.shared_subscription import SharedSubscription


class Membership:
    """Tells how far its watcher has come, and lets it leave."""

    def __init__(self, group: SharedSubscription, leave: Callable[[], None]) -> None:
        """``leave`` ends the watching."""
        self._group = group
        self.leave = leave

    @property
    def passed(self) -> int:
        """Everything up to this position that concerns the watcher has been sent to it."""
        return self._group.passed
