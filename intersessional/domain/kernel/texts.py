"""Checks of texts in commands."""

import re
import unicodedata

from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed

NAME_MAX = 300
TEXT_MAX = 20_000
COMMENT_MAX = 8_192
SLUG_MAX = 80
MARKS_MAX = 30
"""How many combining marks may follow each other. No script needs as many (the Stream-Safe Text
Format of Unicode draws the same line), and ordering them takes time quadratic in their number.
"""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SLUG = re.compile(r"[a-z0-9.-]+")
_DIRECTIONS_AND_JOINERS = "\u061c\u200c\u200d\u200e\u200f"


def validated_text(field: str, value: str, bytes_max: int = TEXT_MAX) -> Sealed:
    """A text to be sealed, in Unicode normal form C with line feeds.

    Raises BadValue if it is empty or longer than ``bytes_max`` in UTF-8, or holds control
    characters or lone surrogates.
    """
    value = value.replace("\r\n", "\n")
    _check_size(field, value, bytes_max)
    if _CONTROL.search(value):
        raise BadValue(field=field, problem="it holds a control character.")
    if not value.isascii():
        _check_marks(field, value)
        value = unicodedata.normalize("NFC", value)
        _check_size(field, value, bytes_max)
    if not any(unicodedata.category(c)[0] not in "CZ" for c in value):
        raise BadValue(field=field, problem="it is empty.")
    return Sealed(value)


def validated_optional_text(
    field: str, value: str | None, bytes_max: int = TEXT_MAX
) -> Sealed | None:
    """A text to be sealed, or None. Raises BadValue as ``validated_text`` does."""
    return None if value is None else validated_text(field, value, bytes_max)


def validated_name(field: str, value: str) -> Sealed:
    """A name or a title: a text on one line of at most 300 bytes.

    Raises BadValue as ``validated_text`` does, and for invisible characters: they make one name
    look like another. The joiners and direction marks that some scripts need are allowed.
    """
    for c in value:
        if c in "\n\t\u2028\u2029":
            raise BadValue(field=field, problem="it has more than one line.")
        if unicodedata.category(c) == "Cf" and c not in _DIRECTIONS_AND_JOINERS:
            raise BadValue(field=field, problem=f"it holds the invisible U+{ord(c):04X}.")
    return validated_text(field, value, NAME_MAX)


def validated_optional_name(field: str, value: str | None) -> Sealed | None:
    """A name to be sealed, or None. Raises BadValue as ``validated_name`` does."""
    return None if value is None else validated_name(field, value)


def validated_slug(field: str, value: str) -> str:
    """A key of lower-case letters, digits, dots and hyphens, at most 80 long. Raises BadValue."""
    if len(value) > SLUG_MAX or not _SLUG.fullmatch(value):
        raise BadValue(field=field, problem="use lower-case letters, digits, dots and hyphens.")
    return value


def _check_size(field: str, value: str, bytes_max: int) -> None:
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise BadValue(field=field, problem="it holds half of a surrogate pair.") from None
    if size > bytes_max:
        raise BadValue(field=field, problem=f"it has {size} bytes; {bytes_max} are allowed.")


def _check_marks(field: str, value: str) -> None:
    marks = 0
    for c in value:
        marks = marks + 1 if unicodedata.combining(c) else 0
        if marks > MARKS_MAX:
            raise BadValue(field=field, problem=f"more than {MARKS_MAX} marks follow one letter.")
