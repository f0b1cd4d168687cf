"""Passages that a comment is about, checked against the text that was read (DOMAIN row 50)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intersessional.domain.comment.refusals import PassageDiffers, TextUnreadable
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.inline_markdown import plain_text
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable, Sealed

PASSAGES_MAX = 20
"""Passages that one comment can be about."""
QUOTES_BYTES_MAX = 20_000
"""Bytes in UTF-8 of the quotes of one comment together: as many as a block can have."""
FOUND_MAX = 300
"""Characters of what stands elsewhere that a refusal shows."""


@dataclass(frozen=True)
class Passage:
    """A part of a block's plain text, from the code point ``start`` up to ``end``."""

    block: str
    start: int
    end: int
    quote: Erasable
    """What stood there in the revision that was read: exactly these code points."""


@dataclass(frozen=True, kw_only=True)
class QuotedPassage:
    """A part of a block's plain text that a comment is about."""

    block: str
    """The id of the block."""
    start: int
    """The place of its first character, in Unicode code points of the plain text, from 0."""
    end: int
    """The place after its last character."""
    quote: str
    """What stands there in the revision that was read: exactly these code points. The quotes of a
    comment have at most 20,000 bytes in UTF-8 together.
    """


def commented_blocks(blocks: Sequence[str], passages: Sequence[QuotedPassage]) -> tuple[str, ...]:
    """The blocks that are named, and those of the passages that are not."""
    if not passages:
        return (*blocks,)
    quoted = dict.fromkeys(one.block for one in passages)
    return (*blocks, *(block for block in quoted if block not in blocks))


def sealed_passages(
    draft: Draft,
    revision: int,
    passages: Sequence[QuotedPassage],
    texts: Mapping[Sealed, str],
) -> tuple[Passage, ...]:
    """The passages to be recorded; ``texts`` are those of their blocks in the revision.

    Raises BadValue, TextUnreadable, PassageDiffers: a passage is exact or it is none.
    """
    if not passages:
        return ()
    _check_amount(passages)
    plain: dict[str, str] = {}
    for n, one in enumerate(passages):
        if one.block not in plain:
            text = texts.get(draft.block(revision, one.block).text)
            if text is None:
                raise TextUnreadable(
                    field=f"passages.{n}.block", block=one.block, revision=revision
                )
            plain[one.block] = plain_text(text)
        _check_exact(f"passages.{n}", one, revision, plain[one.block])
    return tuple(Passage(one.block, one.start, one.end, Sealed(one.quote)) for one in passages)


def place_of(quote: str, start: int, plain: str) -> int | None:
    """Where a quote stands in a plain text: at its place, or at the only other one; else None."""
    if quote == "":
        return None
    if plain.startswith(quote, start):
        return start
    found = plain.find(quote)
    return None if plain.find(quote, found + 1) >= 0 or found < 0 else found


def _check_amount(passages: Sequence[QuotedPassage]) -> None:
    places = {(one.block, one.start, one.end) for one in passages}
    if len(places) < len(passages) or len(passages) > PASSAGES_MAX:
        raise BadValue(field="passages", problem=f"give each once, at most {PASSAGES_MAX}.")
    # A lone surrogate has no bytes; it stands in no text, and so is found to differ.
    size = sum(len(one.quote.encode(errors="replace")) for one in passages)
    if size > QUOTES_BYTES_MAX:
        problem = f"their quotes have {size} bytes; {QUOTES_BYTES_MAX} are allowed."
        raise BadValue(field="passages", problem=problem)


def _check_exact(field: str, passage: QuotedPassage, revision: int, plain: str) -> None:
    start, end = passage.start, passage.end
    inside = 0 <= start < end <= len(plain)
    if inside and plain[start:end] == passage.quote:
        return
    raise PassageDiffers(
        field=field,
        block=passage.block,
        revision=revision,
        start=start,
        end=end,
        found=plain[start:end][:FOUND_MAX] if inside else "",
        length=len(plain),
    )
