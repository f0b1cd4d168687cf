"""Checks of texts in commands."""

import re
import unicodedata

from intersessional.domain.kernel.characters import (
    hidden_tag,
    is_excluded,
    is_needed,
    is_unseen,
    is_visible,
    may_hide,
    unbalanced_control,
)
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed

NAME_MAX = 300
"""Bytes in UTF-8, as all limits on one text."""
TEXT_MAX = 20_000
COMMENT_MAX = 8_192
SLUG_MAX = 80
"""Characters, which are ASCII."""
MARKS_MAX = 30
"""How many combining marks may follow each other. No script needs as many (the Stream-Safe Text
Format of Unicode draws the same line), and ordering them takes time quadratic in their number.
"""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SLUG = re.compile(r"[a-z0-9.-]+")
_PLACE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .,:;/#()-]{0,78}[A-Za-z0-9).])?")
_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("[\n\u2028\u2029]")


def validated_text(field: str, value: str, bytes_max: int = TEXT_MAX) -> Sealed:
    """A text to be sealed, in Unicode normal form C with line feeds.

    Raises BadValue if nothing of it is seen, if it is longer than ``bytes_max`` in UTF-8, or holds
    control characters, lone surrogates, hidden tags, or bidirectional controls that open or close
    alone in a line.
    """
    value = value.replace("\r\n", "\n")
    _check_size(field, value, bytes_max)
    if _CONTROL.search(value):
        raise BadValue(field=field, problem="it holds a control character.")
    if not value.isascii():
        _check_marks(field, value)
        if may_hide(value):
            _check_hidden(field, value)
        value = unicodedata.normalize("NFC", value)
        _check_size(field, value, bytes_max)
    if not any(map(is_visible, value)):
        raise BadValue(field=field, problem="it is empty.")
    return Sealed(value)


def validated_optional_text(
    field: str, value: str | None, bytes_max: int = TEXT_MAX
) -> Sealed | None:
    """A text to be sealed, or None. Raises BadValue as ``validated_text`` does."""
    return None if value is None else validated_text(field, value, bytes_max)


def validated_name(field: str, value: str) -> Sealed:
    """A name or a title: a text on one line of at most 300 bytes, with plain spaces.

    Raises BadValue as ``validated_text`` does, for characters that names do not have (RFC 8266),
    and for invisible ones where no script needs them: they make one name look like another.
    """
    _check_size(field, value, NAME_MAX)
    if any(c in "\n\t\u2028\u2029" for c in value):
        raise BadValue(field=field, problem="it has more than one line.")
    if not value.isascii():
        value = _SPACE.sub(" ", value)
        _check_characters(field, unicodedata.normalize("NFC", value))
    return validated_text(field, value, NAME_MAX)


def validated_optional_name(field: str, value: str | None) -> Sealed | None:
    """A name to be sealed, or None. Raises BadValue as ``validated_name`` does."""
    return None if value is None else validated_name(field, value)


def validated_slug(field: str, value: str) -> str:
    """A key of lower-case letters, digits, dots and hyphens, at most 80 long. Raises BadValue."""
    if len(value) > SLUG_MAX or not _SLUG.fullmatch(value):
        raise BadValue(field=field, problem="use lower-case letters, digits, dots and hyphens.")
    return value


def validated_place(field: str, value: str | None) -> str | None:
    """A place in a source, such as "paragraph 3", at most 80 long. Raises BadValue.

    It stands in clear in every event, so it holds words that locate and no others.
    """
    if value is not None and not _PLACE.fullmatch(value):
        problem = "use at most 80 letters, digits, spaces and . , : ; / # ( ) -"
        raise BadValue(field=field, problem=problem)
    return value


def _check_characters(field: str, name: str) -> None:
    for place, c in enumerate(name):
        if is_unseen(c):
            if not is_needed(name, place):
                raise BadValue(field=field, problem=f"it holds the invisible {_number(c)}.")
        elif is_excluded(c):
            problem = f"it holds {_number(c)}, which names do not have (RFC 8266)."
            raise BadValue(field=field, problem=problem)


def _check_size(field: str, value: str, bytes_max: int) -> None:
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise BadValue(field=field, problem="it holds half of a surrogate pair.") from None
    if size > bytes_max:
        raise BadValue(field=field, problem=f"it has {size} bytes; {bytes_max} are allowed.")


def _check_hidden(field: str, value: str) -> None:
    if (tag := hidden_tag(value)) is not None:
        raise BadValue(field=field, problem=f"it hides a text: {_number(tag)}.")
    for line in _LINE_ENDS.split(value):
        if (control := unbalanced_control(line)) is not None:
            problem = f"the direction control {_number(control)} has no partner in its line."
            raise BadValue(field=field, problem=problem)


def _number(c: str) -> str:
    return f"U+{ord(c):04X}"


def _check_marks(field: str, value: str) -> None:
    marks = 0
    for c in value:
        marks = marks + 1 if unicodedata.combining(c) else 0
        if marks > MARKS_MAX:
            raise BadValue(field=field, problem=f"more than {MARKS_MAX} marks follow one letter.")
