"""A draft output: revisions made of blocks, whose ids survive from one revision to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.sealed import Sealed


class OutputElement(Enum):
    """The suggested elements of an output (DOMAIN rows 29 and 31, A4)."""

    DEFINITION_OF_ISSUES = "DEFINITION_OF_ISSUES"
    """What the issues are."""
    REGIONAL_SPECIFICITIES = "REGIONAL_SPECIFICITIES"
    """What differs from region to region."""
    POLICY_MEASURES_INITIATIVES_IMPEDIMENTS = "POLICY_MEASURES_INITIATIVES_IMPEDIMENTS"
    """Policy measures, initiatives, and what impedes them."""
    WHAT_WORKED_EFFECTIVE_PRACTICES = "WHAT_WORKED_EFFECTIVE_PRACTICES"
    """What worked: effective practices."""
    UNINTENDED_CONSEQUENCES = "UNINTENDED_CONSEQUENCES"
    """Consequences that nobody intended."""
    UNRESOLVED_ISSUES = "UNRESOLVED_ISSUES"
    """Issues that remain unresolved."""
    INSIGHTS = "INSIGHTS"
    """Insights gained."""
    PROPOSED_STEPS = "PROPOSED_STEPS"
    """Steps proposed for further work."""
    CARRY_FORWARD = "CARRY_FORWARD"
    """Whether to go on in the next year, and with which new areas."""


@dataclass(frozen=True)
class Block:
    """A paragraph of a draft: its id stays, its number is per revision."""

    id: str
    text: Sealed
    element: OutputElement | None


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
        title: Sealed
        revision: int
        blocks: tuple[Block, ...]

        def apply(self, aggregate: "Draft") -> None:
            aggregate.revise(self.blocks)

    class Revised(Aggregate.Event):
        """A further revision of the draft output was published."""

        TOPIC = "draft.revised.v1"
        revision: int
        blocks: tuple[Block, ...]

        def apply(self, aggregate: "Draft") -> None:
            aggregate.revise(self.blocks)

    def revise(self, blocks: Iterable[Block]) -> None:
        """Count the blocks of a further revision: an id that was ever given is given no more."""
        known = frozenset[str]().union(*self.revisions)
        ids = frozenset(block.id for block in blocks)
        self.revisions = (*self.revisions, ids)
        self.blocks_made += len(ids - known)
