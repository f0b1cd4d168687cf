"""Inline Markdown of a text: emphasis, strong, code and links, as CommonMark 0.31 has them."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

INLINE_RULES = (
    "autolink",
    "backticks",
    "emphasis",
    "escape",
    "link",
    "newline",
    "balance_pairs",
    "fragments_join",
    "text_join",
)
"""What is read. Raw HTML and images are not, nor entities: they could hide a character that
``validated_text`` refuses.
"""
_NESTED_MAX = 20
_LINK = re.compile(r"(https?://|mailto:)[^/]", re.IGNORECASE)
_BREAKS = ("softbreak", "hardbreak")


class Markdown(MarkdownIt):
    """Reads Markdown with the given rules; what looks like a link to elsewhere stays text."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__("zero", {"maxNesting": _NESTED_MAX})
        self.enable([*rules])

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Whether a link leads to the web or to an e-mail address."""
        return _LINK.match(url) is not None

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """The text of a link that stands alone, as it was written: decoded, it could deceive."""
        return link


_INLINE = Markdown(INLINE_RULES)


def inline_tokens(source: str) -> Sequence[Token]:
    """The tokens of inline Markdown, by markdown-it-py; takes time linear in the length."""
    (inline,) = _INLINE.parseInline(source)
    return inline.children or ()


def plain_text(source: str) -> str:
    """The text of inline Markdown without its markup; a line break is a line feed.

    It is the text content of the HTML that is made of it. Passages count its code points, so the
    rules never change (ADR 0043).
    """
    return "".join(
        "\n" if token.type in _BREAKS else token.content for token in inline_tokens(source)
    )
