"""A source: what an imported fact rests on."""

from intersessional.domain.sealed import Sealed
from intersessional.domain.subject import First, Subject


class Source(Subject):
    """Something a fact can be looked up in."""

    TOPIC = "source"

    class Listed(First):
        """A source became known under a key."""

        TOPIC = "source.listed.v1"
        key: str
        title: Sealed
        location: Sealed | None
