"""How far the windows of a cycle lie apart, in the API (DOMAIN rows 36, 37)."""

from datetime import UTC
from typing import Annotated

import strawberry

from intersessional.domain.kernel.occurred import Precision
from intersessional.graphql.schema.decorators import object_type
from intersessional.graphql.types.cycle import CycleType
from intersessional.plugins.comment_window.rule import DEFAULT_WEEKS, day_of
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS, CommentWindowDocument
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.projections.kernel.view import ListKey

_DAYS_BY_RULE = 7 * DEFAULT_WEEKS

Observed = Annotated[
    bool,
    strawberry.argument(
        description="Whether to compare when windows opened, as far as that is on record, and not "
        "when they are due to."
    ),
]


@object_type
class WindowSpread:
    """How many days before the annual meeting the comment windows of a cycle open.

    It reports on the soft rules `OPEN_SIX_WEEKS_BEFORE` and `WINDOW_SPREAD`.
    """

    windows: int
    """How many windows are compared."""
    min: int
    """The fewest days before the first day of the meeting."""
    max: int
    """The most days before it."""
    days: int
    """The days between the two: 0 where all open at one time."""
    short: int
    """How many of the windows open later than six weeks before."""


async def spread_of_cycle(root: CycleType, observed: Observed = False) -> WindowSpread | None:
    """How far the comment windows of the groups lie apart; null without any to compare."""
    every = root.loaders.every(COMMENT_WINDOWS, ListKey(root.snapshot.key))
    found = [_days_before(one.document, observed=observed) async for one in every]
    days = [one for one in found if one is not None]
    if not days:
        return None
    least, most = min(days), max(days)
    return WindowSpread(
        windows=len(days),
        min=least,
        max=most,
        days=most - least,
        short=sum(one < _DAYS_BY_RULE for one in days),
    )


def _days_before(window: CommentWindowDocument, *, observed: bool) -> int | None:
    """The days from the opening to the meeting; None for a window without one."""
    if window.state is WindowState.CANCELLED:
        return None
    if not observed:
        return (window.rule.starts_on - window.opens_on).days
    if window.opened is None:
        return None
    exact = window.opened.precision is Precision.INSTANT
    begins = window.opened.begins
    day = day_of(begins, window.rule.time_zone) if exact else begins.astimezone(UTC).date()
    return (window.rule.starts_on - day).days
