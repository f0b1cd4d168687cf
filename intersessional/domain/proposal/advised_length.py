"""The length of a written proposal that is advised (DOMAIN row 42)."""

_WORDS_A_PAGE = 500
LEAST_WORDS, MOST_WORDS = 2 * _WORDS_A_PAGE, 3 * _WORDS_A_PAGE
"""Two to three pages."""


def is_length_advised(words: int) -> bool:
    """Whether a proposal of so many words is as long as advised."""
    return LEAST_WORDS <= words <= MOST_WORDS
