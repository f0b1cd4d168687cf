"""A draft output: revisions made of blocks, whose ids survive from one revision to the next."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self
from uuid import UUID

from intersessional.domain.draft.block import Block, WrittenBlock
from intersessional.domain.draft.block_changes import BlockChanges
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.language import validated_optional_language
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound, OutOfTime
from intersessional.domain.kernel.sealed import Permanent, Sealed
from intersessional.domain.kernel.texts import validated_name, validated_optional_name

COMMENTED_BLOCKS_MAX = 50
"""Blocks that one comment can be about."""


class Draft(Aggregate):
    """The draft output of a group."""

    TOPIC = "draft"

    group_id: UUID
    cycle_id: UUID | None
    """The cycle that it was last published in."""
    language: str | None
    blocks: tuple[Block, ...] = ()
    """The blocks of the latest revision, in order."""
    revisions: tuple[Mapping[str, Block], ...] = ()
    """The blocks that each revision is made of, by their ids."""
    blocks_made: int = 0
    published: Occurred | None = None
    """When the latest revision was published."""

    class Published(CreatedEvent):
        """The first revision of a draft output was published."""

        TOPIC = "draft.published.v1"
        FIXED = ("blocks",)
        IS_MILESTONE = True
        group_id: UUID
        cycle_id: UUID | None
        title: Permanent
        label: Permanent | None
        language: str | None
        revision: int
        blocks: tuple[Block, ...]

        def apply(self, aggregate: "Draft") -> None:
            aggregate.add_revision(self.blocks, self.act.occurred)

    class Revised(Aggregate.Event):
        """A further revision was published: these blocks were added, changed and removed."""

        TOPIC = "draft.revised.v1"
        FIXED = ("added", "changed")
        IS_MILESTONE = True
        group_id: UUID
        cycle_id: UUID | None
        revision: int
        label: Permanent | None
        language: str | None
        order: tuple[str, ...]
        added: tuple[Block, ...]
        changed: tuple[Block, ...]
        removed: tuple[str, ...]

        def apply(self, aggregate: "Draft") -> None:
            blocks = revised_blocks(aggregate.blocks, self)
            aggregate.language, aggregate.cycle_id = self.language, self.cycle_id
            aggregate.add_revision(blocks, self.act.occurred)

    @classmethod
    def publish(
        cls,
        act: Act,
        *,
        id: UUID,
        group_id: UUID,
        cycle_id: UUID | None = None,
        title: str,
        blocks: Sequence[WrittenBlock],
        label: str | None = None,
        language: str | None = None,
    ) -> Self:
        """Publish the first revision. Raises BadValue; NotFound for a block with an id."""
        return cls.create(
            cls.Published,
            id=id,
            act=act,
            group_id=group_id,
            cycle_id=cycle_id,
            title=validated_name("title", title),
            label=validated_optional_name("label", label),
            language=validated_optional_language("language", language),
            revision=1,
            blocks=BlockChanges.between((), blocks, blocks_made=0, texts={}).added,
        )

    def revise(
        self,
        act: Act,
        blocks: Sequence[WrittenBlock],
        *,
        texts: Mapping[Sealed, str],
        cycle_id: UUID | None = None,
        label: str | None = None,
        language: str | None = None,
    ) -> None:
        """Publish a further revision, with the texts of the last one to compare with.

        Revisions are published in the order of their numbers. Raises OutOfTime, BadValue; NotFound
        for an id the last one lacks.
        """
        if self.published is not None and act.occurred.effect < self.published.effect:
            problem = f"revision {len(self.revisions)} of the draft was published after that."
            raise OutOfTime(occurred=act.occurred.at, problem=problem)
        changes = BlockChanges.between(
            self.blocks, blocks, blocks_made=self.blocks_made, texts=texts
        )
        self.record(
            Draft.Revised,
            act=act,
            group_id=self.group_id,
            cycle_id=cycle_id,
            revision=len(self.revisions) + 1,
            label=validated_optional_name("label", label),
            language=validated_optional_language("language", language) or self.language,
            order=changes.order,
            added=changes.added,
            changed=changes.changed,
            removed=changes.removed,
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

    def block(self, revision: int, block: str) -> Block:
        """A block as it was in a revision that has it."""
        return self.revisions[revision - 1][block]

    def add_revision(self, blocks: Sequence[Block], occurred: Occurred) -> None:
        """Take the blocks of a further revision: an id that was ever given is given no more."""
        earlier = frozenset[str]().union(*self.revisions)
        revision = {block.id: block for block in blocks}
        self.blocks = tuple(blocks)
        self.revisions = (*self.revisions, revision)
        self.blocks_made += len(revision.keys() - earlier)
        self.published = occurred


def revised_blocks(last: Iterable[Block], revised: Draft.Revised) -> tuple[Block, ...]:
    """The blocks of a revision, in order, from those of the last one."""
    blocks = {block.id: block for block in (*last, *revised.added, *revised.changed)}
    return tuple(blocks[id] for id in revised.order if id in blocks)
