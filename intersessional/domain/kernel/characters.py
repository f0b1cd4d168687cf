"""Characters that nobody sees, and where they may stand."""

import re
import unicodedata

from precis_i18n.context import rule_zero_width_joiner, rule_zero_width_nonjoiner
from precis_i18n.derived import DISALLOWED, UNASSIGNED, derived_property
from precis_i18n.unicode import UnicodeData

_UNICODE = UnicodeData()
_BLANK = re.compile(
    "[\u2800\u2d7f\ufffc\U0001107f\U00013430-\U0001345f\U00016fe4\U0001bc9d\U0001d159]"
)
"""Characters that are neither spaces nor ignorable and have no ink: an empty braille cell, the
Tifinagh joiner, the place of an object, the Brahmi number joiner, the block of the controls and
blanks of Egyptian hieroglyphs, the Khitan filler, a Duployan selector, the null note head.
"""
DIRECTION_MARKS = frozenset("\u061c\u200e\u200f")
_JOINERS = {"\u200c": rule_zero_width_nonjoiner, "\u200d": rule_zero_width_joiner}
_AFTER_SCRIPTS = {
    "\u180e": ("MONGOLIAN ",),  # The Mongolian vowel separator.
    "\u200b": ("KHMER ", "LAO ", "MYANMAR ", "THAI "),  # A space where words have none.
    "\u2d7f": ("TIFINAGH ",),  # The consonant joiner.
}
"""Characters that some scripts need after a letter; the names of the letters begin so."""
_VARIED_SCRIPTS = ("CJK ", "MANICHAEAN ", "MONGOLIAN ", "MYANMAR ", "PHAGS-PA ")
_KEYCAP = "\u20e3"
_EMBEDDINGS = frozenset("\u202a\u202b\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_ENDS = {"\u202c": _EMBEDDINGS, "\u2069": _ISOLATES}
_FLAG, _FIRST_TAG, _LAST_TAG = "\U0001f3f4", "\U000e0020", "\U000e007f"
_CONTROL_OR_TAG = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0020-\U000e007f]")


def is_ignorable(c: str) -> bool:
    """Whether a character is shown as nothing (Unicode's Default_Ignorable_Code_Point)."""
    return _UNICODE.default_ignorable(ord(c))


def is_visible(c: str) -> bool:
    """Whether a character is seen when it stands alone. Marks are not: they need a letter.

    Nor are spaces, controls, private use, and what this version of Unicode does not know.
    """
    return unicodedata.category(c)[0] not in "CMZ" and not is_unseen(c)


def is_unseen(c: str) -> bool:
    """Whether a character shows nothing beside others: ignorable, a control, blank, unassigned."""
    return (
        is_ignorable(c)
        or unicodedata.category(c) in ("Cc", "Cf", "Cn")
        or _BLANK.match(c) is not None
    )


def is_excluded(c: str) -> bool:
    """Whether RFC 8264's FreeformClass, to which names belong, has no such character.

    Its rules of context (CONTEXTO) are for identifiers: names of people have a middle dot.
    """
    return derived_property(ord(c), _UNICODE)[0] in (DISALLOWED, UNASSIGNED)


def is_variation_selector(c: str) -> bool:
    """Whether a character chooses the form of the one before it."""
    return unicodedata.name(c, "").partition("VARIATION SELECTOR")[1] != ""


def is_needed(text: str, place: int) -> bool:
    """Whether the unseen character at a place is one that its script needs there.

    Joiners as RFC 5892 appendix A.1 and A.2 allow them, direction marks, a selector after what it
    selects, and a zero width space or a separator in a script that has them.
    """
    c = text[place]
    if c in DIRECTION_MARKS:
        return True
    before = text[place - 1] if place else ""
    if rule := _JOINERS.get(c):
        try:
            return rule(text, place, _UNICODE)
        except IndexError:  # It is the first or the last character.
            return False
    if is_variation_selector(c):
        return before != "" and (_has_variants(before) or text[place + 1 : place + 2] == _KEYCAP)
    scripts = _AFTER_SCRIPTS.get(c, ())
    return before != "" and unicodedata.name(before, "").startswith(scripts)


def _has_variants(c: str) -> bool:
    """Whether a selector can choose the form of a character: a symbol, or a letter that varies."""
    symbol = unicodedata.category(c)[0] == "S"
    return is_visible(c) and (symbol or unicodedata.name(c, "").startswith(_VARIED_SCRIPTS))


def may_hide(text: str) -> bool:
    """Whether a text has tags or bidirectional controls; most have none, and this is fast."""
    return _CONTROL_OR_TAG.search(text) is not None


def hidden_tag(text: str) -> str | None:
    """The first tag character that is not part of a flag emoji; tags can hide a text in a text."""
    in_flag = False
    for c in text:
        if _FIRST_TAG <= c <= _LAST_TAG:
            if not in_flag:
                return c
            in_flag = c != _LAST_TAG
        else:
            in_flag = c == _FLAG
    return None


def unbalanced_control(line: str) -> str | None:
    """The first bidirectional control of a line that opens or closes alone (UAX 9)."""
    opened: list[str] = []
    for c in line:
        if c in _EMBEDDINGS or c in _ISOLATES:
            opened.append(c)
        elif c in _ENDS and (not opened or opened.pop() not in _ENDS[c]):
            return c
    return opened[0] if opened else None
