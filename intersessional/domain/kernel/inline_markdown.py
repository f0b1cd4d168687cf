"""Inline Markdown of a text: emphasis, strong, code and links, as CommonMark 0.31 has them."""

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType

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
NESTED_MAX = 20
MARKUP_MAX = 1_000
"""Characters of markup that are read; prose of 20,000 has a few hundred of them."""

_LINK = re.compile(r"(https?://|mailto:)[^/]", re.IGNORECASE)
_MARKUP = re.compile(r"[-!*<>\[\\\]_`\n]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_BREAKS = ("softbreak", "hardbreak")


class Markdown(MarkdownIt):
    """Reads Markdown with the given rules; what looks like a link to elsewhere stays text.

    A text with more than ``MARKUP_MAX`` characters of markup is read as if it had none: each costs
    up to 20 µs.
    """

    def __init__(
        self, rules: Sequence[str], renderer: Callable[[MarkdownIt], RendererHTML] = RendererHTML
    ) -> None:
        options = {"maxNesting": NESTED_MAX, "breaks": True, "xhtmlOut": False}
        super().__init__("zero", options, renderer_cls=renderer)
        self.enable([*rules])

    def parse(self, src: str, env: EnvType | None = None) -> list[Token]:
        """The tokens of a text in paragraphs."""
        return super().parse(_bounded(src), env)

    def parseInline(self, src: str, env: EnvType | None = None) -> list[Token]:  # noqa: N802
        """One token, whose children are those of a text in one paragraph."""
        return super().parseInline(_bounded(src), env)

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Whether a link leads to the web or to an e-mail address."""
        return _LINK.match(url) is not None

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """The text of a link that stands alone, as it was written: decoded, it could deceive."""
        return link


def _bounded(source: str) -> str:
    """The source, with all markup escaped if it has too much."""
    too_much = len(_MARKUP.findall(source)) > MARKUP_MAX
    return _PUNCTUATION.sub(r"\\\g<0>", source) if too_much else source


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
