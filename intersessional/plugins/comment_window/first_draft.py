"""When a group published its first draft of a cycle, without which its window does not open."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.question import Question
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.window_id import window_id


@dataclass(frozen=True)
class FirstDraft:
    """The first revision that a group published in a cycle."""

    published: Occurred


def _keys(event: DomainEvent) -> Collection[UUID]:
    """The window of the cycle that a revision is published in."""
    match event:
        case Draft.Published(cycle_id=UUID() as cycle) | Draft.Revised(cycle_id=UUID() as cycle):
            return (window_id(event.group_id, cycle),)
        case _:
            return ()


def _evolve(first: FirstDraft | None, event: DomainEvent) -> FirstDraft | None:
    published = event.act.occurred
    if first is None or published.effect < first.published.effect:
        return FirstDraft(published)
    return first


FIRST_DRAFT = Question(name="first_draft", version=1, answer=FirstDraft, keys=_keys, evolve=_evolve)


async def advance(
    window: CommentWindow, act: Act, context: CommandContext, *, just_known: bool = False
) -> None:
    """Record what the clock has brought about for a window by now."""
    first = None
    if window.awaits_draft(context.now):
        first = await context.ask(FIRST_DRAFT, window.id)
    published = None if first is None else first.published
    window.advance(act, context.now, published, just_known=just_known)
