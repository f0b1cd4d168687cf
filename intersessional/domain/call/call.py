"""A call: launched, perhaps extended or moved, open for a time, closed."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

from intersessional.domain.call.call_period import CallPeriod, CallState
from intersessional.domain.call.refusals import CallIsClosed, CallNotOpen
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import (
    validated_name,
    validated_optional_text,
    validated_slug,
)
from intersessional.domain.kernel.time_zones import validated_optional_time_zone

VOLUNTEERS = "volunteers"
"""The key of calls for volunteers."""


class Call(Aggregate):
    """A call of the MAG, or for the work of a group, in one cycle."""

    TOPIC = "call"

    cycle_id: UUID
    group_id: UUID | None
    of: str
    opens: Occurred
    closes: Occurred | None
    time_zone: str | None
    closed: Occurred | None = None

    class Launched(CreatedEvent):
        """A call was launched: for issues, workshops, volunteers or other contributions."""

        TOPIC = "call.launched.v1"
        cycle_id: UUID
        year: int
        group_id: UUID | None
        of: str
        title: Permanent
        text: Permanent | None
        opens: Occurred
        closes: Occurred | None
        time_zone: str | None

        def check_values(self) -> None:
            CallPeriod(self.opens, self.closes, self.time_zone).check()

    class Extended(Aggregate.Event):
        """The call stays open longer than was known."""

        TOPIC = "call.extended.v1"
        cycle_id: UUID
        group_id: UUID | None
        of: str
        opens: Occurred
        closes: Occurred | None
        time_zone: str | None
        reason: Permanent | None

        def check_values(self) -> None:
            CallPeriod(self.opens, self.closes, self.time_zone).check()

        def apply(self, aggregate: "Call") -> None:
            aggregate.opens, aggregate.closes = self.opens, self.closes
            aggregate.time_zone = self.time_zone

    class Moved(Aggregate.Event):
        """The call was set to another time, or its time became known more exactly."""

        TOPIC = "call.moved.v1"
        cycle_id: UUID
        group_id: UUID | None
        of: str
        opens: Occurred
        closes: Occurred | None
        time_zone: str | None
        reason: Permanent | None

        def check_values(self) -> None:
            CallPeriod(self.opens, self.closes, self.time_zone).check()

        def apply(self, aggregate: "Call") -> None:
            aggregate.opens, aggregate.closes = self.opens, self.closes
            aggregate.time_zone = self.time_zone

    class Closed(Aggregate.Event):
        """The call was closed: nothing more is taken."""

        TOPIC = "call.closed.v1"
        cycle_id: UUID
        group_id: UUID | None
        of: str
        reason: Permanent | None

        def apply(self, aggregate: "Call") -> None:
            aggregate.closed = aggregate.closed or self.act.occurred

    @classmethod
    def launch(
        cls,
        act: Act,
        *,
        id: UUID,
        cycle: Cycle,
        of: str,
        title: str,
        text: str | None = None,
        group_id: UUID | None = None,
        opens: Occurred | None = None,
        closes: Occurred | None = None,
        time_zone: str | None = None,
    ) -> Self:
        """Launch a call that opens before it closes (DOMAIN row 3). Raises BadValue."""
        time_zone = validated_optional_time_zone("time_zone", time_zone)
        period = CallPeriod(opens or act.occurred, closes, time_zone)
        period.check()
        return cls.create(
            cls.Launched,
            id=id,
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
            group_id=group_id,
            of=validated_slug("of", of),
            title=validated_name("title", title),
            text=validated_optional_text("text", text),
            opens=period.opens,
            closes=closes,
            time_zone=time_zone,
        )

    def move(
        self,
        act: Act,
        *,
        opens: Occurred | None = None,
        closes: Occurred | None = None,
        time_zone: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Extend or move the call; within the time that is known, no reason is needed.

        Raises CallIsClosed, BadValue.
        """
        then = self.at(act.occurred)
        then.check_not_closed()
        if opens is None and closes is None and time_zone is None:
            raise BadValue(field="closes", problem="say when it opens or closes.")
        known = then.period
        time_zone = validated_optional_time_zone("time_zone", time_zone) or known.time_zone
        period = CallPeriod(opens or known.opens, closes or known.closes, time_zone)
        period.check()
        if reason is None and not period.within(known):
            raise BadValue(field="reason", problem="a call that is moved needs a reason.")
        self.record(
            Call.Extended if period.extends(known) else Call.Moved,
            act=act,
            **self._parents,
            opens=period.opens,
            closes=period.closes,
            time_zone=period.time_zone,
            reason=validated_optional_text("reason", reason),
        )

    def close(self, act: Act, *, reason: str | None = None) -> None:
        """Close the call, once. Raises CallIsClosed, BadValue."""
        self.check_not_closed()
        text = validated_optional_text("reason", reason)
        self.record(Call.Closed, act=act, **self._parents, reason=text)

    @property
    def period(self) -> CallPeriod:
        """When it opens and closes."""
        return CallPeriod(self.opens, self.closes, self.time_zone)

    def check_not_closed(self) -> None:
        """Check that nobody has closed it. Raises CallIsClosed."""
        if self.closed is not None:
            raise CallIsClosed(call=self.id)

    def check_open(self, occurred: Occurred) -> None:
        """Check that something of this time can have answered the call. Raises CallNotOpen."""
        then = self.at(occurred)
        states = [then.period.state_at(at, then.closed) for at in (occurred.begins, occurred.last)]
        if CallState.OPEN not in states and len({*states}) == 1:
            raise CallNotOpen(call=self.id, state=states[0])

    @property
    def _parents(self) -> Mapping[str, Any]:
        return {"cycle_id": self.cycle_id, "group_id": self.group_id, "of": self.of}
