"""A draft output: revisions made of blocks, whose ids survive from one revision to the next."""

from collections.abc import Collection, Iterable, Sequence
from typing import Self
from uuid import UUID

from intersessional.domain.draft.block import Block, WrittenBlock
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.refusals import BadValue, NotFound
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_name, validated_text

BLOCKS_MAX = 1_000
DRAFT_MAX = 500_000
"""Characters of all blocks together."""
COMMENTED_BLOCKS_MAX = 50
"""Blocks that one comment can be about."""


class Draft(Aggregate):
    """The draft output of a group."""

    TOPIC = "draft"

    group_id: UUID
    revisions: tuple[frozenset[str], ...] = ()
    """The ids of the blocks that each revision is made of."""
    blocks_made: int = 0

    class Published(CreatedEvent):
        """The first revision of a draft output was published."""

        TOPIC = "draft.published.v1"
        group_id: UUID
        title: Permanent
        revision: int
        blocks: tuple[Block, ...]

        def apply(self, aggregate: "Draft") -> None:
            aggregate.add_revision(self.blocks)

    class Revised(Aggregate.Event):
        """A further revision of the draft output was published."""

        TOPIC = "draft.revised.v1"
        revision: int
        blocks: tuple[Block, ...]

        def apply(self, aggregate: "Draft") -> None:
            aggregate.add_revision(self.blocks)

    @classmethod
    def publish(
        cls, act: Act, *, id: UUID, group_id: UUID, title: str, blocks: Sequence[WrittenBlock]
    ) -> Self:
        """Publish the first revision. Raises BadValue; NotFound for a block with an id."""
        return cls.create(
            cls.Published,
            id=id,
            act=act,
            group_id=group_id,
            title=validated_name("title", title),
            revision=1,
            blocks=_numbered(blocks, frozenset(), 0),
        )

    def revise(self, act: Act, blocks: Sequence[WrittenBlock]) -> None:
        """Publish a further revision. Raises BadValue; NotFound for an id the last one lacks."""
        self.record(
            Draft.Revised,
            act=act,
            revision=len(self.revisions) + 1,
            blocks=_numbered(blocks, self.revisions[-1], self.blocks_made),
        )

    def revision_read(self, number: int | None) -> int:
        """The number of an existing revision, the latest for None. Raises NotFound."""
        latest = len(self.revisions)
        # Not always the latest: a comment stays on what was read, if another came meanwhile.
        revision = latest if number is None else number
        if not 1 <= revision <= latest:
            raise NotFound(kind="revision", id=str(revision))
        return revision

    def check_blocks(self, revision: int, blocks: Sequence[str]) -> None:
        """Check that a comment names blocks of this revision, each once.

        Raises BadValue and NotFound.
        """
        if len(set(blocks)) < len(blocks) or len(blocks) > COMMENTED_BLOCKS_MAX:
            raise BadValue(
                field="blocks", problem=f"name each once, at most {COMMENTED_BLOCKS_MAX}."
            )
        for block in blocks:
            if block not in self.revisions[revision - 1]:
                raise NotFound(kind="block", id=block)

    def add_revision(self, blocks: Iterable[Block]) -> None:
        """Count the blocks of a further revision: an id that was ever given is given no more."""
        earlier = frozenset[str]().union(*self.revisions)
        ids = frozenset(block.id for block in blocks)
        self.revisions = (*self.revisions, ids)
        self.blocks_made += len(ids - earlier)


def _numbered(
    written: Sequence[WrittenBlock], last: Collection[str], made: int
) -> tuple[Block, ...]:
    """The blocks with their ids: those of the last revision, and new ones counted on."""
    if not 0 < len(written) <= BLOCKS_MAX:
        raise BadValue(field="blocks", problem=f"a draft has 1 to {BLOCKS_MAX} of them.")
    size = sum(len(block.text) for block in written)
    if size > DRAFT_MAX:
        raise BadValue(field="blocks", problem=f"a draft has at most {DRAFT_MAX} characters.")
    blocks: list[Block] = []
    for n, block in enumerate(written):
        if block.id is None:
            made += 1
        elif block.id not in last:
            raise NotFound(kind="block", id=block.id)
        text = validated_text(f"blocks.{n}.text", block.text)
        blocks.append(Block(block.id or f"b{made}", text, block.element))
    if len({block.id for block in blocks}) < len(blocks):
        raise BadValue(field="blocks", problem="a block id is given twice.")
    return tuple(blocks)
