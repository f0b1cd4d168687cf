"""The windows of groups in 2027."""

from uuid import UUID

from intersessional.domain.kernel.ids import cycle_id
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS, CommentWindowDocument
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.testing import RunningSystem
from intersessional.projections.kernel.as_of import AsOf

NOW = "2027-03-01T12:00:00Z"
OPENS, CLOSES = "2027-10-04T00:00:00+02:00", "2027-11-20T00:00:00+01:00"


async def windows(system: RunningSystem, *groups: UUID) -> list[CommentWindowDocument | None]:
    """The windows of these groups in the latest state."""
    keys = [window_id(group, cycle_id(2027)) for group in groups]
    as_of = AsOf(await system.caught_up())
    found = await system.backend.reader.get(COMMENT_WINDOWS, keys, as_of)
    return [found[key].document if key in found else None for key in keys]


async def window(system: RunningSystem, group: UUID) -> CommentWindowDocument:
    """The window of this group, which has one."""
    [found] = await windows(system, group)
    assert found is not None
    return found
