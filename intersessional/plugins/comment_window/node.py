"""The GraphQL type of comment windows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

import strawberry

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import cycle_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.relay.reason import Reason
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.types.audit_entry import AuditEntryType
from intersessional.graphql.types.correction import CorrectionType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.later_corrections import (
    LATER_CORRECTIONS_MAX,
    later_corrections,
)
from intersessional.graphql.values.occurred import OccurredType
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS, CommentWindowDocument
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.comment_window.window_reasons import window_reasons
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.projections.kernel.view import AnyView

_RECKONED_FROM = ("starts_on", "ends_on", "time_zone", "value.number")
"""The fields of the annual meeting and of the policy that a window is reckoned from."""


@object_type
class CommentWindowType(DocumentNode[CommentWindowDocument]):
    """The time in which the drafts of a group can be commented on: from `opensAt` until `closesAt`.

    These instants are due; what happened is in `opened` and `closed`. Days are counted at the place
    of the annual meeting: a window opens when a day begins there, and closes when the last day of
    the meeting ends.
    """

    view: ClassVar[AnyView] = COMMENT_WINDOWS

    @field
    def state(self) -> WindowState:
        """The state of the window."""
        return self.document.state

    @field
    def opens_at(self) -> datetime:
        """The instant at which it is due to open: the first at which comments can be made."""
        return self.document.opens_at

    @field
    def closes_at(self) -> datetime:
        """The first instant at which comments can no longer be made."""
        return self.document.closes_at

    @field
    def opens_on(self) -> date:
        """The day on which it is due to open."""
        return self.document.opens_on

    @field
    def closes_on(self) -> date:
        """The last day on which comments can be made."""
        return self.document.closes_on

    @field
    def time_zone(self) -> str:
        """The time zone of the annual meeting, by its IANA name; days are counted in it."""
        return self.document.rule.time_zone

    @field
    def days_before(self) -> int | None:
        """The number of days before the annual meeting at which it opened, or is due to open; null
        if it never opened, or has no days.
        """
        window = self.document
        never = window.state in (WindowState.LAPSED, WindowState.CANCELLED)
        return None if never else window.days_before

    @field
    def days_before_by_rule(self) -> int:
        """The number of days by rule: six weeks, unless a policy sets another time."""
        return self.document.rule.days_before

    @field
    def opened(self) -> OccurredType | None:
        """When it opened: later than `opensAt` if no draft was published by then, or its days were
        recorded too late. Null while no opening is on record: that of 2018 is in no source.
        """
        return None if self.document.opened is None else OccurredType(value=self.document.opened)

    @field
    def closed(self) -> OccurredType | None:
        """When it closed. Null while no closing is on record."""
        return None if self.document.closed is None else OccurredType(value=self.document.closed)

    @field
    async def cause(self) -> AuditEntryType | None:
        """The event that caused its last change."""
        cause = self.document.cause
        recorded = await self.loaders.event(cause.stream, cause.version)
        return None if recorded is None else AuditEntryType(recorded=recorded, loaders=self.loaders)

    @field
    @at_most(LATER_CORRECTIONS_MAX)
    async def rests_on_corrected(self) -> list[CorrectionType]:
        """The later corrections of the days and the weeks that it was reckoned from; it stands."""
        rule, cause = self.document.rule, self.document.cause
        # The window was reckoned in the same append as its cause.
        reckoned = await self.loaders.event(cause.stream, cause.version)
        if reckoned is None:
            return []
        facts = [rule.annual_meeting, *([] if rule.policy is None else [rule.policy])]

        def counts(fact: DomainEvent, field: str) -> bool:
            place = CausingEvent(fact.originator_id, fact.originator_version)
            return place in facts and field in _RECKONED_FROM

        streams = [one.stream for one in facts]
        return await later_corrections(streams, reckoned.position, self.loaders, counts)

    @field
    async def group(self) -> GroupType | None:
        """The group whose drafts it is for."""
        return await GroupType.find(self.document.group_id, self.loaders)

    async def reasons(self) -> Sequence[Reason]:
        """The days before the annual meeting, what they follow from, and the last change."""
        return window_reasons(self.document)


CycleYear = Annotated[
    int | None,
    strawberry.argument(description="The year of the cycle; that of its last one when not given."),
]


async def window_of_group(root: GroupType, year: CycleYear = None) -> CommentWindowType | None:
    """The comment window in a cycle; null until the annual meeting's days are confirmed, and for
    kinds of group that have none.
    """
    cycle = root.document.cycle_id if year is None else cycle_id(year)
    return await _window(root.snapshot.key, cycle, root.loaders)


async def is_consulting(root: GroupType) -> bool:
    """Whether its drafts can be commented on: its comment window is open (DOMAIN A3)."""
    window = await window_of_group(root)
    return window is not None and window.document.state is WindowState.OPEN


async def window_of_draft(root: DraftType) -> CommentWindowType | None:
    """The comment window; null until the annual meeting's days are confirmed, and for kinds
    of group that have none.
    """
    return await _window(root.document.group_id, root.document.cycle_id, root.loaders)


async def _window(group: UUID, cycle: UUID | None, loaders: Loaders) -> CommentWindowType | None:
    if cycle is None:
        return None
    return await CommentWindowType.find(window_id(group, cycle), loaders)
