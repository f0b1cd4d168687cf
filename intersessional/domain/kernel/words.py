"""Words of a text in any script (UAX 29, with ICU's dictionaries)."""

import unicodedata
from collections.abc import Sequence

from icu4py.breakers import WordBreaker

_LOCALE = "root"


def count_words(text: str) -> int:
    """The number of words; those of Chinese, Japanese, Thai, Lao, Khmer and Burmese by dictionary.

    A segment is a word if it has a letter or a digit.
    """
    valid = text.encode(errors="replace").decode()
    return sum(any(map(_is_part_of_a_word, segment)) for segment in segments(valid))


def segments(text: str) -> Sequence[str]:
    """The words of a text, and between them its spaces and punctuation marks, each by itself."""
    return [*WordBreaker(text, _LOCALE)]


def _is_part_of_a_word(c: str) -> bool:
    return unicodedata.category(c)[0] in "LN"
