"""A page has as many words in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.words import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" - \u2014 ... \U0001f389", 0),
        ("Don't count 3.5 twice.", 4),
        ("end-of-year", 3),
        (
            "\u0646\u0642\u0627\u0634 \u062d\u0648\u0644",
            2,
        ),
        ("\u4e92\u8054\u7f51\u6cbb\u7406\u8bba\u575b", 5),
        (
            "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22\u0e40\u0e1b\u0e47\u0e19\u0e20\u0e32\u0e29\u0e32",
            4,
        ),
        ("\u1797\u17b6\u179f\u17b6\u1781\u17d2\u1798\u17c2\u179a\u1787\u17b6", 2),
        ("\u0e9e\u0eb2\u0eaa\u0eb2\u0ea5\u0eb2\u0ea7", 2),
        ("half \ud800 of a pair", 4),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == words


@given(
    st.lists(st.text(st.characters(categories=("Ll", "Lu")), min_size=1, max_size=5), max_size=9)
)
def test_words_between_spaces_are_counted_each(words: list[str]) -> None:
    assert count_words(" ".join(words)) >= len(words)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_every_text_has_a_number_of_words(text: str) -> None:
    assert 0 <= count_words(text) <= len(text)
