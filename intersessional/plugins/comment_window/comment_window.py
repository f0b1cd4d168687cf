"""The comment window of a group: when its drafts can be commented on."""

from dataclasses import field, replace
from datetime import datetime
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import LIVE, Act, Ground
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.all_occurred import all_occurred
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.published_revision import PublishedRevision
from intersessional.plugins.comment_window.rule import WindowRule
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.comment_window.window_state import WindowState


class CommentWindow(Aggregate):
    """The time in which the drafts of a group can be commented on."""

    TOPIC = "comment_window"

    cycle_id: UUID
    group_id: UUID
    opens_at: datetime = field(init=False)
    closes_at: datetime = field(init=False)
    rule: WindowRule
    act: Act
    """The act that set its present instants."""
    state: WindowState = WindowState.SCHEDULED
    opened: Occurred | None = None
    closed: Occurred | None = None
    begun: bool = False
    """Whether the clock has brought anything about for it."""
    from_sources: bool = False
    """Whether a source states that it opened or closed; then the clock does not."""

    class Scheduled(CreatedEvent):
        """It became known when the drafts of a group are due to be open for comment."""

        TOPIC = "comment_window.scheduled.v1"
        FIXED = ("rule",)
        cycle_id: UUID
        group_id: UUID
        rule: WindowRule
        cause: CausingEvent

        def apply(self, aggregate: "CommentWindow") -> None:
            aggregate.opens_at, aggregate.closes_at = self.rule.opens_at, self.rule.closes_at

    class Rescheduled(Aggregate.Event):
        """What the window follows from changed before it had opened, and it moved along."""

        TOPIC = "comment_window.rescheduled.v1"
        FIXED = ("rule",)
        cycle_id: UUID
        group_id: UUID
        rule: WindowRule
        cause: CausingEvent

        def apply(self, aggregate: "CommentWindow") -> None:
            if not aggregate.from_sources:
                aggregate.state = WindowState.SCHEDULED
            aggregate.opens_at, aggregate.closes_at = self.rule.opens_at, self.rule.closes_at
            aggregate.rule, aggregate.act = self.rule, self.act

    class Extended(Aggregate.Event):
        """The annual meeting ends later than was known, and so the open window closes later."""

        TOPIC = "comment_window.extended.v1"
        FIXED = ("rule",)
        cycle_id: UUID
        group_id: UUID
        rule: WindowRule
        cause: CausingEvent

        def apply(self, aggregate: "CommentWindow") -> None:
            aggregate.closes_at = self.rule.closes_at
            aggregate.rule, aggregate.act = self.rule, self.act

    class Adjusted(Aggregate.Event):
        """Zone rules changed: the open window closes with the same day, at another instant."""

        TOPIC = "comment_window.adjusted.v1"
        FIXED = ("rule",)
        cycle_id: UUID
        group_id: UUID
        rule: WindowRule
        cause: CausingEvent

        def apply(self, aggregate: "CommentWindow") -> None:
            aggregate.closes_at = self.rule.closes_at
            aggregate.rule, aggregate.act = self.rule, self.act

    class Kept(Aggregate.Event):
        """What the window follows from changed too late, and it stayed: an open window is never
        shortened, and one that is over never changes.
        """

        TOPIC = "comment_window.kept.v1"
        FIXED = ("rule",)
        cycle_id: UUID
        group_id: UUID
        rule: WindowRule
        cause: CausingEvent

        def apply(self, aggregate: "CommentWindow") -> None:
            aggregate.rule = self.rule

    class Cancelled(Aggregate.Event):
        """The annual meeting was cancelled before the window had opened: it has no days."""

        TOPIC = "comment_window.cancelled.v1"
        cycle_id: UUID
        group_id: UUID
        cause: CausingEvent

        def apply(self, aggregate: "CommentWindow") -> None:
            aggregate.state, aggregate.act = WindowState.CANCELLED, self.act

    class BecameDue(Aggregate.Event):
        """The window was due to open. When this was recorded, the record held no published draft
        of the group: it opens when one is published.
        """

        TOPIC = "comment_window.became_due.v1"
        FIXED = ("opens_at",)
        cycle_id: UUID
        group_id: UUID
        opens_at: datetime

        def apply(self, aggregate: "CommentWindow") -> None:
            aggregate.state, aggregate.begun = WindowState.DUE, True

    class Opened(Aggregate.Event):
        """The window opened: the group's drafts can be commented on."""

        TOPIC = "comment_window.opened.v1"
        FIXED = ("opens_at",)
        IS_MILESTONE = True
        cycle_id: UUID
        group_id: UUID
        opens_at: datetime | None
        draft_id: UUID | None
        revision: int | None

        def apply(self, aggregate: "CommentWindow") -> None:
            aggregate.state = WindowState.OPEN
            aggregate.opened = self.act.occurred
            aggregate.from_sources = self.act.provenance.historical
            aggregate.begun = not aggregate.from_sources

    class Closed(Aggregate.Event):
        """The window closed: the group's drafts can no longer be commented on."""

        TOPIC = "comment_window.closed.v1"
        FIXED = ("closes_at",)
        IS_MILESTONE = True
        cycle_id: UUID
        group_id: UUID
        closes_at: datetime | None

        def apply(self, aggregate: "CommentWindow") -> None:
            aggregate.state = WindowState.CLOSED
            aggregate.closed = self.act.occurred
            aggregate.from_sources = self.act.provenance.historical

    class Lapsed(Aggregate.Event):
        """The days passed and the window had not opened: when this was recorded, the record held
        no draft that the group had published in time, or the days had become known too late.
        """

        TOPIC = "comment_window.lapsed.v1"
        FIXED = ("closes_at",)
        cycle_id: UUID
        group_id: UUID
        closes_at: datetime

        def apply(self, aggregate: "CommentWindow") -> None:
            aggregate.state, aggregate.begun = WindowState.LAPSED, True

    @classmethod
    def schedule(
        cls, act: Act, *, group: UUID, cycle: UUID, rule: WindowRule, cause: CausingEvent
    ) -> Self:
        """Schedule the window of a group by a rule."""
        return cls.create(
            cls.Scheduled,
            id=window_id(group, cycle),
            act=act,
            cycle_id=cycle,
            group_id=group,
            rule=rule,
            cause=cause,
        )

    @property
    def historical(self) -> bool:
        """Whether it follows from sources: what is due by its rule is then no happening."""
        return self.act.provenance.historical

    def adopt_rule(self, act: Act, *, rule: WindowRule, cause: CausingEvent) -> None:
        """Follow another rule as far as the window can still change.

        A window moves before it opens, is only prolonged while it is open, and stays after that.
        """
        cancelled = self.state is WindowState.CANCELLED
        if rule == self.rule and not cancelled:
            return
        if self.from_sources or self._waits or cancelled:
            self._record(CommentWindow.Rescheduled, act, rule=rule, cause=cause)
        elif self.state is WindowState.OPEN and self._closes_on_the_last_day_of(rule):
            self._record(CommentWindow.Adjusted, act, rule=rule, cause=cause)
        elif self.state is WindowState.OPEN and rule.closes_at > self.closes_at:
            self._record(CommentWindow.Extended, act, rule=rule, cause=cause)
        else:
            self._record(CommentWindow.Kept, act, rule=rule, cause=cause)

    def adopt_past_rule(self, act: Act, *, rule: WindowRule, cause: CausingEvent) -> None:
        """Follow a rule that became known after a later one, at its place in time."""
        then = self.at(act.occurred)
        if then.state is WindowState.CANCELLED or not then.rule.has_days_of(rule):
            self._record(CommentWindow.Rescheduled, act, rule=rule, cause=cause)

    def cancel(self, act: Act, *, cause: CausingEvent) -> None:
        """Follow the cancellation of the annual meeting, unless the window has opened."""
        then = self.at(act.occurred)
        if then.state in (WindowState.SCHEDULED, WindowState.DUE) and not then.from_sources:
            self._record(CommentWindow.Cancelled, act, cause=cause)

    def _closes_on_the_last_day_of(self, rule: WindowRule) -> bool:
        days = (rule.ends_on, rule.time_zone) == (self.rule.ends_on, self.rule.time_zone)
        return days and self.closes_at == self.rule.closes_at != rule.closes_at

    def awaits_draft(self, now: datetime) -> bool:
        """Whether it opens by now if the group has published a draft."""
        return self._waits and self.opens_at <= now and not self._is_idle(now)

    @property
    def _waits(self) -> bool:
        return self.state in (WindowState.SCHEDULED, WindowState.DUE)

    def _is_idle(self, now: datetime) -> bool:
        """Whether it is history, or has no days, and the clock does not change it."""
        scheduled = self.historical and self.state is WindowState.SCHEDULED
        cancelled = self.state is WindowState.CANCELLED
        return self.from_sources or cancelled or (scheduled and self.closes_at <= now)

    def advance(
        self, act: Act, now: datetime, draft: PublishedRevision | None, *, just_known: bool = False
    ) -> None:
        """Record what the clock has brought about: the window is due, opens, closes or lapses.

        ``draft`` is the first that the group published. A window of history whose days had
        passed before its instants became known does not follow the clock.
        """
        if self._is_idle(now) or now < (self.opens_at if self._waits else self.closes_at):
            return
        known = self.act.occurred
        if self.historical:
            known = Occurred.instant(now if just_known else self.opens_at)
        if self._waits:
            self._begin(act, known, draft)
        self._end(act, known, now)

    def _begin(self, act: Act, known: Occurred, draft: PublishedRevision | None) -> None:
        due = all_occurred(Occurred.instant(self.opens_at), known)
        opened = due if draft is None else all_occurred(due, draft.published)
        if draft is not None and opened.begins < self.closes_at:
            of_draft = {"draft_id": draft.draft_id, "revision": draft.revision}
            self._record_due(CommentWindow.Opened, act, opened, opens_at=self.opens_at, **of_draft)
        elif self.state is WindowState.SCHEDULED and due.begins < self.closes_at:
            self._record_due(CommentWindow.BecameDue, act, due, opens_at=self.opens_at)

    def _end(self, act: Act, known: Occurred, now: datetime) -> None:
        if now < self.closes_at or self.state in (WindowState.CLOSED, WindowState.LAPSED):
            return
        event = CommentWindow.Closed if self.state is WindowState.OPEN else CommentWindow.Lapsed
        ended = all_occurred(Occurred.instant(self.closes_at), known)
        self._record_due(event, act, ended, closes_at=self.closes_at)

    def _record_due(
        self, event: type[Aggregate.Event], act: Act, occurred: Occurred, **data: object
    ) -> None:
        """Record what the clock brings about: live, unless the window is an illustration."""
        own = self.act.provenance
        provenance = own if own.ground is Ground.ILLUSTRATION else LIVE
        self._record(event, replace(act, occurred=occurred, provenance=provenance), **data)

    def _record(self, event: type[Aggregate.Event], act: Act, **data: object) -> None:
        self.record(event, act=act, cycle_id=self.cycle_id, group_id=self.group_id, **data)
