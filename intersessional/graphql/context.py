"""What every resolver can reach."""

from dataclasses import dataclass, field, replace

import strawberry
from graphql import GraphQLError

from intersessional.domain.caller import NOBODY, Caller
from intersessional.domain.door import Door
from intersessional.graphql.sight import Sight
from intersessional.projections.moment import Moment
from intersessional.projections.reader import Feed, Reader, Record


@dataclass(kw_only=True)
class Context:
    """One request, or one socket."""

    reader: Reader
    record: Record
    feed: Feed
    door: Door
    caller: Caller = NOBODY
    connection_params: object = None
    _sights: dict[Moment, Sight] = field(default_factory=dict[Moment, Sight])
    _position: int | None = None

    def for_operation(self, caller: Caller | None = None) -> "Context":
        """A context for one operation, which begins with nothing read."""
        return replace(self, caller=caller or self.caller, _sights={}, _position=None)

    async def position(self) -> int:
        """The position that this request reads: the same for all of its fields."""
        if self._position is None:
            self._position = await self.reader.position()
        return self._position

    def at(self, moment: Moment) -> Sight:
        """What is seen at a moment, its batches shared by the whole request."""
        return self._sights.setdefault(moment, self.look(moment))

    def look(self, moment: Moment) -> Sight:
        """What is seen at a moment, with nothing kept from before."""
        return Sight(self.reader, self.record, moment)


Info = strawberry.Info[Context, None]


class Wrong(GraphQLError):
    """The request itself cannot be answered: a stable code and a sentence."""

    def __init__(self, code: str, message: str, **facts: object) -> None:
        """``facts`` stand in the error's extensions beside the code."""
        super().__init__(message, extensions={"code": code, **facts})
