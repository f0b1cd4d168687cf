"""An aggregate with an event that had several forms."""

from datetime import UTC, datetime
from uuid import UUID

from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, State
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.log_row import LogRow

NOON = datetime(2018, 4, 4, 12, tzinfo=UTC)
ACT = Act(
    actor=Actor(Role.SECRETARIAT),
    command=UUID(int=1),
    occurred=Occurred.instant(NOON),
    provenance=LIVE,
)


def unchanged(state: State) -> State:
    """Only the topic is another."""
    return state


def with_shelf(state: State) -> State:
    """What was called a place is a shelf."""
    data = state["data"]
    return state | {"data": {"shelf": data["place"]}}


def with_clerk(state: State) -> State:
    """Whoever sent the command was the clerk."""
    return state | {"data": state["data"] | {"clerk": state["act"]["command"]}}


class Memo(Aggregate):
    """Something with a text."""

    TOPIC = "memo"

    class Written(CreatedEvent):
        """A memo was written."""

        TOPIC = "memo.written.v1"
        text: Sealed
        copies: tuple[Sealed, ...]

    class Filed(Aggregate.Event):
        """The memo was filed; its event had three forms before."""

        TOPIC = "memo.filed.v3"
        UPCASTS = (
            ("memo.put_away.v1", unchanged),
            ("memo.filed.v1", with_shelf),
            ("memo.filed.v2", with_clerk),
        )
        shelf: int
        clerk: UUID
        row: int = 1


def row_of(new: NewEvent) -> LogRow:
    """The row of an event."""
    return LogRow(
        position=7,
        stream=new.stream,
        version=new.version,
        topic=new.topic,
        state=new.state,
        recorded_at=NOON,
    )
