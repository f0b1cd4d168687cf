"""The GraphQL type of comment windows."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.types.audit_entry import AuditEntryType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.plugins.comment_window.comment_window import WindowState, window_id
from intersessional.plugins.comment_window.rule import day_of
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS, CommentWindowDocument
from intersessional.projections.kernel.view import AnyView

_MICROSECOND = timedelta(microseconds=1)


@object_type
class CommentWindowType(DocumentNode[CommentWindowDocument]):
    """The time in which the drafts of a group can be commented on: from `opensAt` until `closesAt`.

    Days are counted at the place of the annual meeting: a window opens when a day begins there,
    and closes when the last day of the meeting ends.
    """

    view: ClassVar[AnyView] = COMMENT_WINDOWS

    @field
    def state(self) -> WindowState:
        """The state of the window."""
        return self.document.state

    @field
    def opens_at(self) -> datetime:
        """The first instant at which comments can be made."""
        return self.document.opens_at

    @field
    def closes_at(self) -> datetime:
        """The first instant at which comments can no longer be made."""
        return self.document.closes_at

    @field
    def opens_on(self) -> date:
        """The first day on which comments can be made."""
        return day_of(self.document.opens_at, self.document.rule.time_zone)

    @field
    def closes_on(self) -> date:
        """The last day on which comments can be made."""
        return day_of(self.document.closes_at - _MICROSECOND, self.document.rule.time_zone)

    @field
    def time_zone(self) -> str:
        """The time zone of the annual meeting, by its IANA name; days are counted in it."""
        return self.document.rule.time_zone

    @field
    def days_before(self) -> int:
        """The number of days before the annual meeting at which it opens."""
        opens_on = day_of(self.document.opens_at, self.document.rule.time_zone)
        return (self.document.rule.starts_on - opens_on).days

    @field
    def days_before_by_rule(self) -> int:
        """The number of days by rule: six weeks, unless a policy sets another time."""
        return self.document.rule.days_before

    @field
    def opened(self) -> OccurredType | None:
        """When it opened: later than `opensAt` if its days were recorded too late."""
        return None if self.document.opened is None else OccurredType(value=self.document.opened)

    @field
    def closed(self) -> OccurredType | None:
        """When it closed."""
        return None if self.document.closed is None else OccurredType(value=self.document.closed)

    @field
    async def cause(self) -> AuditEntryType | None:
        """The event that caused its last change."""
        cause = self.document.cause
        recorded = await self.loaders.event(cause.stream, cause.version)
        return None if recorded is None else AuditEntryType(recorded=recorded, loaders=self.loaders)

    @field
    async def group(self) -> GroupType | None:
        """The group whose drafts it is for."""
        return await GroupType.find(self.document.group_id, self.loaders)


async def window_of_group(root: GroupType) -> CommentWindowType | None:
    """The comment window; null until the annual meeting's days are confirmed."""
    return await CommentWindowType.find(window_id(root.snapshot.key), root.loaders)


async def window_of_draft(root: DraftType) -> CommentWindowType | None:
    """The comment window; null until the annual meeting's days are confirmed."""
    return await CommentWindowType.find(window_id(root.document.group_id), root.loaders)
