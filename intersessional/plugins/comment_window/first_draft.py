"""When a group published its first draft of a cycle, without which its window does not open."""

from collections.abc import Collection
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.question import Question
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.published_revision import PublishedRevision
from intersessional.plugins.comment_window.window_id import window_id


def _keys(event: DomainEvent) -> Collection[UUID]:
    """The window of the cycle that a revision is published in."""
    match event:
        case Draft.Published(cycle_id=UUID() as cycle) | Draft.Revised(cycle_id=UUID() as cycle):
            return (window_id(event.group_id, cycle),)
        case _:
            return ()


def _evolve(first: PublishedRevision | None, event: DomainEvent) -> PublishedRevision | None:
    if not isinstance(event, Draft.Published | Draft.Revised):
        return first
    published = PublishedRevision(event.originator_id, event.revision, event.act.occurred)
    return published if first is None or published.precedes(first) else first


FIRST_DRAFT = Question(
    name="first_draft", version=2, answer=PublishedRevision, keys=_keys, evolve=_evolve
)
"""The first revision that a group published in a cycle."""


async def advance(
    window: CommentWindow, act: Act, context: CommandContext, *, just_known: bool = False
) -> None:
    """Record what the clock has brought about for a window by now."""
    first = None
    if window.awaits_draft(context.now):
        first = await context.ask(FIRST_DRAFT, window.id)
    window.advance(act, context.now, first, just_known=just_known)
