"""The comment window of a group: scheduled, open, closed."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Self
from uuid import UUID, uuid5

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.all_occurred import all_occurred
from intersessional.plugins.comment_window.refusals import (
    NothingToAdvance,
    WindowClosed,
    WindowNotOpen,
)
from intersessional.plugins.comment_window.rule import WindowRule


class WindowState(Enum):
    """The state of a comment window (DOMAIN A3)."""

    SCHEDULED = "SCHEDULED"
    """It has not opened yet."""
    OPEN = "OPEN"
    """Drafts can be commented on."""
    CLOSED = "CLOSED"
    """Drafts can no longer be commented on."""


@dataclass(frozen=True)
class CausingEvent:
    """The event because of which a window changed: its stream and its version there."""

    stream: UUID
    version: int


def window_id(group: UUID) -> UUID:
    """The one comment window of a group."""
    return uuid5(group, "comment-window")


class CommentWindow(Aggregate):
    """The time in which the drafts of a group can be commented on."""

    TOPIC = "comment_window"

    cycle_id: UUID
    group_id: UUID
    opens_at: datetime
    closes_at: datetime
    rule: WindowRule
    act: Act
    """The act that set its present instants."""
    state: WindowState = WindowState.SCHEDULED

    class Scheduled(CreatedEvent):
        """It became known when the drafts of a group can be commented on."""

        TOPIC = "comment_window.scheduled.v1"
        cycle_id: UUID
        group_id: UUID
        opens_at: datetime
        closes_at: datetime
        rule: WindowRule
        cause: CausingEvent

    class Rescheduled(Aggregate.Event):
        """What the window follows from changed before it had opened, and it moved along."""

        TOPIC = "comment_window.rescheduled.v1"
        opens_at: datetime
        closes_at: datetime
        rule: WindowRule
        cause: CausingEvent

        def apply(self, aggregate: "CommentWindow") -> None:
            """Move the window."""
            aggregate.state = WindowState.SCHEDULED
            aggregate.opens_at, aggregate.closes_at = self.opens_at, self.closes_at
            aggregate.rule, aggregate.act = self.rule, self.act

    class Extended(Aggregate.Event):
        """The annual meeting ends later than was known, and so the open window closes later."""

        TOPIC = "comment_window.extended.v1"
        closes_at: datetime
        rule: WindowRule
        cause: CausingEvent

        def apply(self, aggregate: "CommentWindow") -> None:
            """Prolong the window."""
            aggregate.state = WindowState.OPEN
            aggregate.closes_at = self.closes_at
            aggregate.rule, aggregate.act = self.rule, self.act

    class Kept(Aggregate.Event):
        """What the window follows from changed too late, and it stayed: an open window is never
        shortened, and a closed one never changes.
        """

        TOPIC = "comment_window.kept.v1"
        rule: WindowRule
        cause: CausingEvent

        def apply(self, aggregate: "CommentWindow") -> None:
            """Replace the rule alone."""
            aggregate.rule = self.rule

    class Opened(Aggregate.Event):
        """The window opened: the group's drafts can be commented on."""

        TOPIC = "comment_window.opened.v1"

        def apply(self, aggregate: "CommentWindow") -> None:
            """Open the window."""
            aggregate.state = WindowState.OPEN

    class Closed(Aggregate.Event):
        """The window closed: the group's drafts can no longer be commented on."""

        TOPIC = "comment_window.closed.v1"

        def apply(self, aggregate: "CommentWindow") -> None:
            """Close the window."""
            aggregate.state = WindowState.CLOSED

    @classmethod
    def schedule(
        cls, act: Act, *, group: UUID, cycle: UUID, rule: WindowRule, cause: CausingEvent
    ) -> Self:
        """Schedule the window of a group by a rule."""
        return cls.create(
            cls.Scheduled,
            id=window_id(group),
            act=act,
            cycle_id=cycle,
            group_id=group,
            opens_at=rule.opens_at,
            closes_at=rule.closes_at,
            rule=rule,
            cause=cause,
        )

    def adopt_rule(self, act: Act, *, rule: WindowRule, cause: CausingEvent, at: datetime) -> None:
        """Adopt another rule at this instant.

        A window moves before it opens, is only prolonged while it is open, and stays after that.
        """
        if rule == self.rule:
            return
        self.advance(act, at)
        opens_at, closes_at = rule.opens_at, rule.closes_at
        if at < self.opens_at:
            self.record(
                CommentWindow.Rescheduled,
                act=act,
                opens_at=opens_at,
                closes_at=closes_at,
                rule=rule,
                cause=cause,
            )
        elif at < self.closes_at < closes_at:
            self.record(
                CommentWindow.Extended, act=act, closes_at=closes_at, rule=rule, cause=cause
            )
        else:
            self.record(CommentWindow.Kept, act=act, rule=rule, cause=cause)

    @property
    def advanced_at(self) -> datetime | None:
        """When it opened or closed last, by its present instants."""
        match self.state:
            case WindowState.SCHEDULED:
                return None
            case WindowState.OPEN:
                return self.opens_at
            case WindowState.CLOSED:
                return self.closes_at

    @property
    def advances_at(self) -> datetime | None:
        """When it opens or closes next."""
        match self.state:
            case WindowState.SCHEDULED:
                return self.opens_at
            case WindowState.OPEN:
                return self.closes_at
            case WindowState.CLOSED:
                return None

    def check_open(self, made: Occurred, *, live: bool) -> None:
        """Check that a comment can have been made while the window was open.

        A live comment is made now, by the clock of this node. Raises WindowNotOpen, WindowClosed.
        """
        # That clock may be behind the clock of the node that recorded the closing.
        closed = live and self.state is WindowState.CLOSED
        if closed or made.begins >= self.closes_at:
            raise WindowClosed(opened_at=self.opens_at, closed_at=self.closes_at)
        if made.begins < self.opens_at and made.ends <= self.opens_at:
            raise WindowNotOpen(opens_at=self.opens_at, closes_at=self.closes_at)

    def advance_if_due(self, act: Act, now: datetime) -> None:
        """Open or close the window. Raises NothingToAdvance if it is not time."""
        if self.advances_at is None or now < self.advances_at:
            raise NothingToAdvance(window=self.id, advances_at=self.advances_at)
        self.advance(act, now)

    def advance(self, act: Act, now: datetime) -> None:
        """Open and close the window if it is time.

        If its instants are recorded late, it opens when they are, unless it would be closed then.
        """
        opened, closed = self._passed(self.opens_at), self._passed(self.closes_at)
        timely = opened.begins < self.closes_at
        if self.state is WindowState.SCHEDULED and self.opens_at <= now and timely:
            self.record(CommentWindow.Opened, act=self._act_at(act, opened))
        if self.state is not WindowState.CLOSED and self.closes_at <= now:
            self.record(CommentWindow.Closed, act=self._act_at(act, closed))

    def _passed(self, instant: datetime) -> Occurred:
        return all_occurred(Occurred.instant(instant), self.act.occurred)

    def _act_at(self, act: Act, occurred: Occurred) -> Act:
        return replace(act, occurred=occurred, provenance=self.act.provenance)
