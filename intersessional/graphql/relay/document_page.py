"""Pages of documents: what a client asks a connection for, as the reader of documents reads it."""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Self

import strawberry

from intersessional.graphql.relay.connection import parse_document_cursor, parse_first
from intersessional.projections.kernel.reader import Cursor


class ListOrder(Enum):
    """The order of a list."""

    OLDEST_FIRST = "OLDEST_FIRST"
    """As the items were recorded."""
    NEWEST_FIRST = "NEWEST_FIRST"
    """The last recorded one first."""


Order = Annotated[ListOrder, strawberry.argument(description="The order of the list.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPageArguments:
    """The arguments of a connection over documents, checked."""

    size: int
    after: Cursor | None
    before: Cursor | None
    from_end: bool
    """Whether the page is the last one before ``before``, not the first one after ``after``."""
    newest_first: bool

    @classmethod
    def parse(
        cls,
        *,
        first: int,
        after: str | None,
        last: int | None = None,
        before: str | None = None,
        order: ListOrder = ListOrder.OLDEST_FIRST,
    ) -> Self:
        """The arguments of a connection; ``first`` says nothing beside ``last``.

        Raises BadRequest for a size that no page has, or a cursor of no list.
        """
        parse_first(first) if last is None else parse_first(last, "last")
        return cls(
            size=first if last is None else last,
            after=parse_document_cursor(after, "after"),
            before=parse_document_cursor(before, "before"),
            from_end=last is not None,
            newest_first=order is ListOrder.NEWEST_FIRST,
        )

    @property
    def earliest(self) -> Cursor | None:
        """The cursor after which the documents of the page were recorded."""
        return self.before if self.newest_first else self.after

    @property
    def latest(self) -> Cursor | None:
        """The cursor before which they were recorded."""
        return self.after if self.newest_first else self.before

    @property
    def backward(self) -> bool:
        """Whether they are the last recorded ones between these cursors, not the first."""
        return self.from_end is not self.newest_first
