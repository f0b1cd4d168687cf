"""What a text must be like before it may be sealed."""

import unicodedata

from intersessional.domain.refused import BadValue
from intersessional.domain.sealed import Sealed

NAME_MAX = 300
TEXT_MAX = 20_000
COMMENT_MAX = 8_192


def text(field: str, value: str, bytes_max: int = TEXT_MAX) -> Sealed:
    """A text that is neither empty nor longer than it may be, ready to be sealed.

    Raises BadValue, also for control characters and for what is not Unicode text.
    """
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise BadValue(field=field, problem="it holds half of a surrogate pair.") from None
    if not value.strip():
        raise BadValue(field=field, problem="it is empty.")
    if size > bytes_max:
        raise BadValue(field=field, problem=f"it has {size} bytes; {bytes_max} are allowed.")
    if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in value):
        raise BadValue(field=field, problem="it holds a control character.")
    return Sealed(unicodedata.normalize("NFC", value))


def optional_text(field: str, value: str | None, bytes_max: int = TEXT_MAX) -> Sealed | None:
    """A text that may be absent. Raises BadValue as ``text`` does."""
    return None if value is None else text(field, value, bytes_max)


def slug(field: str, value: str) -> str:
    """A key of lower-case letters, digits, dots and hyphens, at most 80 long. Raises BadValue."""
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    if not value or len(value) > 80 or not set(value) <= allowed:
        raise BadValue(field=field, problem="use lower-case letters, digits, dots and hyphens.")
    return value
