"""Revisions of a draft, and their blocks."""

from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import ReviseDraft
from tests.domain.actors import (
    FACILITATOR,
    id_of,
)
from tests.domain.group_scenarios import DRAFT


def revise(*blocks: WrittenBlock, expected: int | None = None) -> ReviseDraft:
    """Revise the draft to these blocks."""
    return ReviseDraft(
        command_id=id_of("revise draft"), draft=DRAFT, blocks=blocks, expected_version=expected
    )


def revised(name: str, *blocks: WrittenBlock) -> SentCommand:
    """The facilitator revises the draft to these blocks."""
    return FACILITATOR.sends(ReviseDraft(command_id=id_of(name), draft=DRAFT, blocks=blocks))


def new(text: str = "A paragraph.") -> WrittenBlock:
    """A block without an id."""
    return WrittenBlock(text=text)


def same_block(id: str, text: str = "The same paragraph.") -> WrittenBlock:
    """A block of an earlier revision."""
    return WrittenBlock(text=text, id=id)
