"""Guards: comments are made while a window is open, and windows have one time for all groups."""

from collections.abc import Sequence
from datetime import datetime

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import Guard
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.decision.commands import RecordDecision
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.steps.commands import TakeDecision
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id, policy_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.commands import RecordPolicy, SetPolicy
from intersessional.domain.policy.policy_form import COMMENT_WINDOW_WEEKS
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.refusals import (
    NoCommentWindow,
    WindowClosed,
    WindowLapsed,
    WindowNotOpen,
    WindowNotScheduled,
)
from intersessional.plugins.comment_window.rule import DEFAULT_WEEKS
from intersessional.plugins.comment_window.soft_rules import WINDOW_WEEKS_SHARED
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.comment_window.windowed_group import has_window


async def guard_comment(command: PostComment, context: CommandContext) -> None:
    """Refuse a comment or reply that was certainly made outside of the window.

    The time is the server's, unless an import or the Secretariat gives another: a comment
    made in time can be entered later (DOMAIN row 39). Raises NoCommentWindow, WindowNotScheduled,
    WindowNotOpen, WindowClosed, WindowLapsed.
    """
    draft = await context.find(Draft, command.draft)
    if draft is None:
        return
    cycle = draft.at(context.occurred).cycle_id
    window = None
    if cycle is not None:
        window = await context.find(CommentWindow, window_id(draft.group_id, cycle))
    if context.provenance.historical and (window is None or window.historical):
        # What a source states is not measured by what was due: only by what sources state.
        if window is not None:
            _check_sources(window, context.occurred)
        return
    if window is None or window.state is WindowState.CANCELLED:
        group = await context.load(Group, draft.group_id)
        if cycle is None or not await has_window(group, cycle, context):
            raise NoCommentWindow(group=group.id)
        raise WindowNotScheduled(group=group.id)
    _check_clock(window, context.occurred, live=command.occurred is None)


def _check_sources(window: CommentWindow, made: Occurred) -> None:
    """Check against the opening and the closing that sources state."""
    if window.closed is not None and made.begins >= window.closed.ends:
        raise _closed(window)
    if window.opened is not None and made.ends <= window.opened.begins:
        raise _not_open(window, WindowState.SCHEDULED)


def _check_clock(window: CommentWindow, made: Occurred, *, live: bool) -> None:
    """Check against the window's instants; a live comment is made now, by this node's clock."""
    # That clock may be behind the clock of the node that recorded the closing.
    over = live and window.state in (WindowState.CLOSED, WindowState.LAPSED)
    if over or made.begins >= window.closes_at:
        raise _closed(window)
    if _before(made, window.opens_at):
        raise _not_open(window, WindowState.SCHEDULED)
    waits = live and window.state is WindowState.DUE
    if waits or (window.opened is not None and _before(made, window.opened.begins)):
        raise _not_open(window, WindowState.DUE)


def _before(made: Occurred, instant: datetime) -> bool:
    """Whether it was certainly made before an instant."""
    return made.begins < instant and made.ends <= instant


def _closed(window: CommentWindow) -> WindowClosed | WindowLapsed:
    if window.state is WindowState.LAPSED:
        return WindowLapsed(opens_at=window.opens_at, closes_at=window.closes_at)
    opened_at = window.opens_at if window.opened is None else window.opened.begins
    closed_at = window.closes_at if window.closed is None else window.closed.ends
    return WindowClosed(opened_at=opened_at, closed_at=closed_at)


def _not_open(window: CommentWindow, state: WindowState) -> WindowNotOpen:
    return WindowNotOpen(state=state, opens_at=window.opens_at, closes_at=window.closes_at)


async def guard_weeks(
    command: RecordDecision | TakeDecision | RecordPolicy, context: CommandContext
) -> None:
    """Deviate where a policy sets another time than six weeks (DOMAIN row 37).

    Raises OverrideRequired, and what ``CommandContext.act_as`` raises.
    """
    for setting in _settings(command):
        if setting.key != COMMENT_WINDOW_WEEKS or setting.value in (None, DEFAULT_WEEKS):
            continue
        year = await _year_of(command, context)
        context.deviate(
            WINDOW_WEEKS_SHARED,
            await context.act_as(Role.MAG_CHAIR, Role.SECRETARIAT),
            subject=policy_id(None if setting.general else year, COMMENT_WINDOW_WEEKS),
            cycle_id=None if year is None else cycle_id(year),
            facts={"weeks": setting.value, "weeks_by_rule": DEFAULT_WEEKS},
        )
        return


def _settings(command: RecordDecision | TakeDecision | RecordPolicy) -> Sequence[SetPolicy]:
    """The policies that a command sets."""
    if isinstance(command, RecordPolicy):
        return [command.policy]
    return [one.set_policy for one in command.outcomes if one.set_policy is not None]


async def _year_of(
    command: RecordDecision | TakeDecision | RecordPolicy, context: CommandContext
) -> int | None:
    """The year of the cycle of a command. Raises NotFound."""
    if isinstance(command, TakeDecision):
        return (await context.load(Decision, command.decision)).year
    return command.year


GUARDS = (
    Guard(RecordDecision, guard_weeks),
    Guard(TakeDecision, guard_weeks),
    Guard(RecordPolicy, guard_weeks),
    Guard(
        PostComment,
        guard_comment,
        (NoCommentWindow, WindowNotScheduled, WindowNotOpen, WindowClosed, WindowLapsed),
    ),
)
