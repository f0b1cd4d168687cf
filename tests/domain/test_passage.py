"""Passages: a comment quotes exactly what stands in the revision that was read, or is refused."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from intersessional.domain.command_handling.scenario import Scenario, event, run
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.passage import (
    FOUND_MAX,
    Passage,
    QuotedPassage,
    place_of,
    sealed_passages,
)
from intersessional.domain.comment.refusals import PassageDiffers, TextUnreadable
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import ReviseDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.inline_markdown import plain_text
from intersessional.domain.kernel.refusals import BadValue, NotFound, Refused
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import COMMENTER, FACILITATOR, id_of
from tests.domain.aggregates.acts import act
from tests.domain.comment_scenarios import WITHDRAW
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import DRAFT, DRAFTED, WORKING, post, publish

FAMILY = "👩\u200d👩\u200d👧"
"""One grapheme of five code points and eight UTF-16 units."""
MARKED = f"A *famil*y {FAMILY} of `{{a}}` e\u0301te"
"""Markup, an emoji of several code points, and a letter that NFC composes."""
PLAIN = f"A family {FAMILY} of {{a}} éte"
WRITTEN = (*WORKING, FACILITATOR.sends(publish(WrittenBlock(text=MARKED))))
"""A draft with one block b1."""
REVISED = ReviseDraft(
    command_id=id_of("revise"), draft=DRAFT, blocks=(WrittenBlock(text="Other.", id="b1"),)
)

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1)


def quoted(quote: str, start: int, end: int | None = None, block: str = "b1") -> QuotedPassage:
    end = start + len(quote) if end is None else end
    return QuotedPassage(block=block, start=start, end=end, quote=quote)


def differs(start: int, end: int, found: str, **fields: Any) -> PassageDiffers:
    facts: dict[str, Any] = {"block": "b1", "revision": 1, "length": len(PLAIN)} | fields
    return PassageDiffers(field="passages.0", start=start, end=end, found=found, **facts)


def posted(record: Scenario) -> Comment.Posted:
    (posted,) = record.appended
    assert isinstance(posted, Comment.Posted)
    return posted


def test_passages_are_recorded_as_they_were_quoted_and_their_blocks_too() -> None:
    passages = (quoted("graph 2", 4, block="b2"), quoted("Para", 0), quoted("agra", 3))

    given(DRAFTED).when(COMMENTER.sends(post(blocks=("b3",), passages=passages))).then(
        event(
            Comment.Posted,
            blocks=("b3", "b2", "b1"),
            passages=(
                Passage("b2", 4, 11, Sealed("graph 2")),
                Passage("b1", 0, 4, Sealed("Para")),
                Passage("b1", 3, 7, Sealed("agra")),
            ),
        )
    )


@pytest.mark.parametrize(
    ("quote", "start"),
    [("family", 2), (FAMILY, 9), ("\u200d👩", 10), ("of {a} é", 15), ("é", 22), (PLAIN, 0)],
)
def test_a_passage_counts_code_points_of_the_plain_text(quote: str, start: int) -> None:
    record = given(WRITTEN).after(COMMENTER.sends(post(passages=(quoted(quote, start),))))

    (passage,) = posted(record).passages
    assert PLAIN[passage.start : passage.end] == quote == passage.quote.value


@pytest.mark.parametrize(
    ("passage", "refused"),
    [
        (quoted("Family", 2), differs(2, 8, "family")),
        (quoted("*famil*y", 2), differs(2, 10, f"family {FAMILY[0]}")),
        (quoted("e\u0301te", 22), differs(22, 26, "", length=len(PLAIN))),
        (quoted("e\u0301", 22, 23), differs(22, 23, "é")),
        (quoted("family", 3), differs(3, 9, f"amily {FAMILY[0]}"[:6])),
        (quoted("", 3), differs(3, 3, "")),
        (quoted("", 3, 4), differs(3, 4, "a")),
        (quoted("y", 4, 3), differs(4, 3, "")),
        (quoted("te", -2, 0), differs(-2, 0, "")),
        (quoted("te", -2, len(PLAIN)), differs(-2, len(PLAIN), "")),
        (quoted("A", 0, 2**70), differs(0, 2**70, "")),
        (quoted("A", 2**70), differs(2**70, 2**70 + 1, "")),
        (quoted("\ud83d", 9), differs(9, 10, FAMILY[0])),
        (quoted("\x00", 0), differs(0, 1, "A")),
    ],
)
def test_quote_that_does_not_stand_there_is_refused_with_what_does(
    passage: QuotedPassage, refused: PassageDiffers
) -> None:
    given(WRITTEN).when(COMMENTER.sends(post(passages=(passage,)))).then(refused)


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        (
            {"passages": (quoted("A", 0), quoted("A", 0))},
            BadValue(field="passages", problem="give each once, at most 20."),
        ),
        (
            {"passages": tuple(quoted("family"[n : n + 1], n + 2) for n in range(21))},
            BadValue(field="passages", problem="give each once, at most 20."),
        ),
        (
            {"passages": (quoted("é" * 10_001, 0),)},
            BadValue(field="passages", problem="their quotes have 20002 bytes; 20000 are allowed."),
        ),
        ({"passages": (quoted("A", 0, block="b2"),)}, NotFound(kind="block", id="b2")),
        ({"passages": (quoted("A", 0),), "revision": 2}, NotFound(kind="revision", id="2")),
        (
            {"passages": tuple(quoted("A", 0, block=f"b{n}") for n in range(51))},
            BadValue(field="blocks", problem="name each once, at most 50."),
        ),
    ],
)
def test_passages_that_break_a_rule_of_form_are_refused(
    fields: dict[str, Any], refused: Refused
) -> None:
    given(WRITTEN).when(COMMENTER.sends(post(**fields))).then(refused)


def test_overlapping_passages_are_each_their_own() -> None:
    passages = tuple(quoted(PLAIN[:n], 0) for n in range(1, 21))

    record = given(WRITTEN).after(COMMENTER.sends(post(passages=passages)))

    assert [one.end for one in posted(record).passages] == [*range(1, 21)]


def test_a_passage_is_of_the_revision_that_was_read() -> None:
    history = (*WRITTEN, FACILITATOR.sends(REVISED))
    first, second = quoted("family", 2), quoted("Other", 0)

    given(*history).when(COMMENTER.sends(post(revision=1, passages=(first,)))).then(
        event(Comment.Posted, revision=1)
    )
    given(*history).when(COMMENTER.sends(post(passages=(second,)))).then(
        event(Comment.Posted, revision=2)
    )
    given(*history).when(COMMENTER.sends(post(passages=(first,)))).then(
        differs(2, 8, "", revision=2, length=6)
    )


def test_a_passage_of_a_text_that_nobody_can_read_is_refused() -> None:
    erased = given(WRITTEN).erased()

    erased.when(COMMENTER.sends(post(passages=(quoted("family", 2),)))).then(
        TextUnreadable(field="passages.0.block", block="b1", revision=1)
    )


def test_withdrawing_a_comment_closes_its_quotes() -> None:
    record = given(WRITTEN, COMMENTER.sends(post(passages=(quoted("family", 2),))))
    (passage,) = record.aggregate(Comment, post().derived_id).passages
    block = record.aggregate(Draft, DRAFT).block(1, "b1")

    withdrawn = record.when(COMMENTER.sends(WITHDRAW)).then(
        event(Comment.Withdrawn, passages=(passage,))
    )

    readable = run(withdrawn.event_store.reveal([passage.quote, block.text]))
    assert readable == {block.text: MARKED.replace("e\u0301", "é")}


@for_all(source=texts, start=st.integers(-3, 30), length=st.integers(-3, 30), quote=texts)
@settings(max_examples=60)
def test_only_what_stands_there_is_a_passage(
    source: str, start: int, length: int, quote: str
) -> None:
    draft = published(source)
    texts = {block.text: str(block.text.value) for block in draft.blocks}
    plain = plain_text(texts[draft.blocks[0].text])
    there = plain[start : start + length] if start >= 0 and length > 0 else ""

    inside = 0 <= start < start + length <= len(plain)
    for words in (there, quote):
        sealed, refused = outcome(draft, quoted(words, start, start + length), texts)
        if sealed is not None:
            assert plain[sealed.start : sealed.end] == sealed.quote.value == words != ""
        else:
            assert refused is not None
            assert not inside or words != there
            assert refused.found == (there[:FOUND_MAX] if inside else "")
            assert refused.length == len(plain)


def outcome(
    draft: Draft, passage: QuotedPassage, texts: Mapping[Sealed, str]
) -> tuple[Passage | None, PassageDiffers | None]:
    try:
        (sealed,) = sealed_passages(draft, 1, [passage], texts)
    except PassageDiffers as refused:
        return None, refused
    return sealed, None


def published(source: str) -> Draft:
    """A draft of one block with this text, or with another one where that is refused."""
    try:
        return _published(source)
    except BadValue:
        return _published(f"x{source.encode().hex()}")


def _published(source: str) -> Draft:
    blocks = [WrittenBlock(text=source)]
    return Draft.publish(act(), id=uuid4(), group_id=uuid4(), title="A draft", blocks=blocks)


letters = st.text("ab👩é", max_size=8)


@for_all(before=letters, quote=st.text("ab👩é", min_size=1, max_size=3), after=letters, now=letters)
@settings(max_examples=200)
def test_a_quote_is_found_where_it_stands_and_never_guessed(
    before: str, quote: str, after: str, now: str
) -> None:
    start = len(before)
    places = [n for n in range(len(now)) if now[n:].startswith(quote)]

    place = place_of(quote, start, now)

    assert place_of(quote, start, before + quote + after) == start
    assert place is None or now[place : place + len(quote)] == quote
    if start in places:
        assert place == start
    elif len(places) == 1:
        assert [place] == places
    else:
        assert place is None
