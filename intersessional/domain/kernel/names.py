"""Comparison of names (RFC 8266)."""

from precis_i18n import get_profile

from intersessional.domain.kernel.characters import is_unseen

_NICKNAME = get_profile("Nickname")
_TRIES_MAX = 4
"""RFC 8266 section 2.1: the rules are applied until nothing changes, at most so often."""
_EMPTY_CELL = "\u2800"


def comparable_name(name: str) -> str:
    """The form in which two names are the same: RFC 8266's Nickname profile.

    Letters are lower-case, forms and widths are alike (NFKC), runs of spaces are one space, and
    characters that are not seen do not count.
    """
    seen = "".join(
        " " if c == _EMPTY_CELL else c for c in name if c == _EMPTY_CELL or not is_unseen(c)
    )
    for _ in range(_TRIES_MAX):
        mapped = _NICKNAME.apply_five_rules(seen)
        if mapped == seen:
            break
        seen = mapped
    return seen
