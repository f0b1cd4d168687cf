"""The blocks that a draft output is made of."""

from dataclasses import dataclass
from enum import Enum

from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable

LEVEL_MAX = 4


class OutputElement(Enum):
    """The suggested elements of an output (DOMAIN rows 29 and 31, A4)."""

    DEFINITION_OF_ISSUES = "DEFINITION_OF_ISSUES"
    """The definition of the issues."""
    REGIONAL_SPECIFICITIES = "REGIONAL_SPECIFICITIES"
    """Differences between regions."""
    POLICY_MEASURES_INITIATIVES_IMPEDIMENTS = "POLICY_MEASURES_INITIATIVES_IMPEDIMENTS"
    """Policy measures, initiatives and impediments."""
    WHAT_WORKED_EFFECTIVE_PRACTICES = "WHAT_WORKED_EFFECTIVE_PRACTICES"
    """Practices that have worked."""
    UNINTENDED_CONSEQUENCES = "UNINTENDED_CONSEQUENCES"
    """Unintended consequences."""
    UNRESOLVED_ISSUES = "UNRESOLVED_ISSUES"
    """Issues that remain unresolved."""
    INSIGHTS = "INSIGHTS"
    """Insights gained."""
    PROPOSED_STEPS = "PROPOSED_STEPS"
    """Steps proposed for further work."""
    CARRY_FORWARD = "CARRY_FORWARD"
    """Whether to continue in the next year, and in which new areas."""


class BlockKind(Enum):
    """What a block is in the structure of its draft."""

    PARAGRAPH = "PARAGRAPH"
    """A paragraph."""
    HEADING = "HEADING"
    """The heading of what follows, up to the next one of its level or a higher level."""
    BULLET_ITEM = "BULLET_ITEM"
    """An item of a list without numbers; adjacent items are one list."""
    ORDERED_ITEM = "ORDERED_ITEM"
    """An item of a numbered list; adjacent items are one list."""


@dataclass(frozen=True)
class Block:
    """A block of a draft: its id stays, its number is per revision."""

    id: str
    text: Erasable
    element: OutputElement | None
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    """The depth of a heading or of an item, from 1."""
    language: str | None = None
    """The language of the text, where it is not that of the revision."""
    section: str | None = None
    """The id of the section of the group's outline that it belongs to, beside the elements."""


@dataclass(frozen=True, kw_only=True)
class WrittenBlock:
    """A block of a new revision: one of the last revision, by its id, or a new one."""

    text: str
    """The text, in inline Markdown: emphasis, strong, code and links. At most 20,000 bytes in
    UTF-8.
    """
    id: str | None = None
    """The id in the last revision; null for a new block."""
    element: OutputElement | None = None
    """The element of the suggested structure."""
    kind: BlockKind = BlockKind.PARAGRAPH
    """A paragraph, a heading, or an item of a list."""
    level: int | None = None
    """The depth of a heading or of an item in a list, from 1, the default, to 4."""
    language: str | None = None
    """The language of the text, as a tag of BCP 47; that of the draft by default."""
    section: str | None = None
    """The id of a section of the group's outline in the cycle, of one beside the elements."""


def validated_section(field: str, block: WrittenBlock) -> str | None:
    """The id of the section that it names; None without one. Raises BadValue beside an element."""
    if block.section is not None and block.element is not None:
        raise BadValue(field=field, problem="a block names an element or a section, not both.")
    return block.section


def validated_level(field: str, block: WrittenBlock) -> int | None:
    """The level of a heading or an item; None for a paragraph. Raises BadValue."""
    if block.kind is BlockKind.PARAGRAPH:
        if block.level is not None:
            raise BadValue(field=field, problem="a paragraph has no level.")
        return None
    level = 1 if block.level is None else block.level
    if not 1 <= level <= LEVEL_MAX:
        raise BadValue(field=field, problem=f"it is from 1 to {LEVEL_MAX}.")
    return level
