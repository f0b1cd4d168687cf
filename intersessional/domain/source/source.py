"""A source: what an imported fact rests on."""

from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.sealed import Sealed


class Source(Aggregate):
    """Something a fact can be looked up in."""

    TOPIC = "source"

    class Listed(CreatedEvent):
        """A source became known under a key."""

        TOPIC = "source.listed.v1"
        key: str
        title: Sealed
        location: Sealed | None
