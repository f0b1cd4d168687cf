"""How far the windows of a cycle lie apart, in the API (DOMAIN rows 36, 37)."""

from typing import Annotated

import strawberry

from intersessional.domain.policy.policy_form import COMMENT_WINDOW_TOLERANCE
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.schema.decorators import object_type
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.policy import policy_of_year
from intersessional.plugins.comment_window.rule import DEFAULT_WEEKS
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
    tolerance: int | None
    """The days by which a window may open earlier or later than its rule says, by the policy
    `COMMENT_WINDOW_TOLERANCE`; null without one.
    """
    beyond_tolerance: int | None
    """How many of the windows open earlier or later than that; null without such a policy."""


async def spread_of_cycle(root: CycleType, observed: Observed = False) -> WindowSpread | None:
    """How far the comment windows of the groups lie apart; null without any to compare."""
    every = every_document(root.loaders, COMMENT_WINDOWS, ListKey(root.snapshot.key))
    found = [
        (before, before - one.document.rule.days_before)
        async for one in every
        if (before := _days_before(one.document, observed=observed)) is not None
    ]
    if not found:
        return None
    days = [one for one, _ in found]
    least, most = min(days), max(days)
    tolerance = await _tolerance(root)
    return WindowSpread(
        windows=len(days),
        min=least,
        max=most,
        days=most - least,
        short=sum(one < _DAYS_BY_RULE for one in days),
        tolerance=tolerance,
        beyond_tolerance=(
            None if tolerance is None else sum(abs(apart) > tolerance for _, apart in found)
        ),
    )


def _days_before(window: CommentWindowDocument, *, observed: bool) -> int | None:
    """The days from the opening to the meeting; None for a window without one."""
    if window.state is WindowState.CANCELLED:
        return None
    if not observed:
        return (window.rule.starts_on - window.opens_on).days
    return None if window.opened is None else window.days_before


async def _tolerance(cycle: CycleType) -> int | None:
    year = cycle.document.year
    policy = await policy_of_year(year, COMMENT_WINDOW_TOLERANCE, cycle.loaders)
    return None if policy is None else policy.rules[-1].value.days
