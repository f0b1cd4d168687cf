"""Pages of events: what a client asks the audit trail for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from intersessional.graphql.relay.connection import Edge, PageInfo, parse_first, parse_position
from intersessional.projections.kernel.epochs import POSITION_MAX

E = TypeVar("E")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPageArguments:
    """The arguments of a connection over events, checked."""

    size: int
    after: int
    until: int
    """The last position that may be on the page."""
    backward: bool
    """Whether the page is the last one before ``before``, not the first one after ``after``."""

    @classmethod
    def parse(cls, *, first: int, after: str | None, last: int | None, before: str | None) -> Self:
        """The arguments of a connection; ``first`` says nothing beside ``last``.

        Raises BadRequest for a size that no page has, or what is no position.
        """
        parse_first(first) if last is None else parse_first(last, "last")
        return cls(
            size=first if last is None else last,
            after=0 if after is None else parse_position(after, "after"),
            until=POSITION_MAX if before is None else parse_position(before, "before") - 1,
            backward=last is not None,
        )

    def shown(self, events: Sequence[E]) -> Sequence[E]:
        """The events of the page, of which one more may have been read."""
        return events[-self.size :] if self.backward else events[: self.size]

    def info(self, edges: list[Edge[Any]], *, more: bool) -> PageInfo:
        """The page info; ``more`` is whether one more event was found."""
        return PageInfo(
            has_next_page=self.until < POSITION_MAX if self.backward else more,
            has_previous_page=more if self.backward else self.after > 0,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        )
