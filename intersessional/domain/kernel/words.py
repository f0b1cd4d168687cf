"""Words of a text in any script (UAX 29, with ICU's dictionaries)."""

from collections.abc import Sequence

from icu4py.breakers import WordBreaker

_LOCALE = "root"


def count_words(text: str) -> int:
    """The number of words; those of Chinese, Japanese, Thai, Lao, Khmer and Burmese by dictionary.

    A segment is a word if it has a letter or a digit.
    """
    valid = text.encode(errors="replace").decode()
    return sum(segment.isalnum() or any(map(str.isalnum, segment)) for segment in segments(valid))


def segments(text: str) -> Sequence[str]:
    """The words of a text, and between them its spaces and punctuation marks, each by itself."""
    return [*WordBreaker(text, _LOCALE)]
